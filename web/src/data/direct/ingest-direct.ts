import type { Conversation, ConversationId, Message, MessageId } from '@tintype/contract'
import { entities } from '../entities/entities.ts'
import { ingestUsers } from '../entities/ingest.ts'
import type { MessageEntity } from '../entities/types.ts'

/** Messages go into the store; ids come back, in the order given. */
export function ingestMessages(messages: readonly Message[]): MessageId[] {
  return messages.map((message) => {
    const entity = entityOf(message)
    entities.merge('messages', entity.message_id, entity)
    return entity.message_id
  })
}

export function ingestConversations(conversations: readonly Conversation[]): ConversationId[] {
  return conversations.map(({ members, last_message, ...conversation }) => {
    const split = members.map(
      ({ role, last_read_message_id, last_delivered_message_id, quiet, ...user }) => ({
        user,
        membership: {
          user_id: user.user_id,
          role,
          last_read_message_id,
          last_delivered_message_id,
          ...(quiet && { quiet }),
        },
      }),
    )
    ingestUsers(split.map(({ user }) => user))
    const id = conversation.conversation_id
    entities.merge('conversations', id, {
      ...conversation,
      members: split.map(({ membership }) => membership),
      last_message: last_message && entityOf(last_message),
    })
    return id
  })
}

export function entityOf({ user, ...message }: Message): MessageEntity {
  if (user) ingestUsers([{ ...user, viewer: null }])
  return { ...message, user_id: user?.user_id ?? null }
}
