import type { ConversationId, MessageId } from '@tintype/contract'
import { createContext, use } from 'react'
import type { MessageEntity } from '../../../data/entities/types.ts'

/** What a message needs to know of the conversation around it, and may ask of it. */
export interface Chat {
  id: ConversationId
  isGroup: boolean
  /** Nothing may be written, reacted or changed any more. */
  isClosed: boolean
  onReply: (message: MessageEntity) => void
  onEdit: (message: MessageEntity) => void
  /** Goes to a message, wherever it is. */
  onShow: (id: MessageId) => void
}

export const ChatContext = createContext<Chat | null>(null)

export function useChat(): Chat {
  const chat = use(ChatContext)
  if (!chat) throw new Error('a message stands in a conversation')
  return chat
}
