import { type Message, TintypeError, type UserId } from '@tintype/contract'
import { api } from '../client.ts'
import { entities } from '../entities/entities.ts'
import { toggles } from '../entities/toggle-queue.ts'
import type { MessageEntity } from '../entities/types.ts'
import { reportError } from '../report-error.ts'
import { changeMessage, dropMessage } from './thread.ts'

const paramsOf = ({ conversation_id, message_id }: MessageEntity) => ({ conversation_id, message_id })

/** One emoji of each member. Idempotent. */
function withReaction(message: MessageEntity, by: UserId, emoji: string | null): MessageEntity {
  const others = message.reactions.flatMap((reaction) => {
    const user_ids = reaction.user_ids.filter((id) => id !== by)
    return user_ids.length > 0 || reaction.emoji === emoji ? [{ ...reaction, user_ids }] : []
  })
  if (emoji === null) return { ...message, reactions: others }
  const isKnown = others.some((reaction) => reaction.emoji === emoji)
  const all = isKnown ? others : [...others, { emoji, user_ids: [] }]
  const reactions = all.map((one) =>
    one.emoji === emoji ? { ...one, user_ids: [...one.user_ids, by] } : one,
  )
  return { ...message, reactions }
}

/** Reacts in place of the reaction before; null takes it back. */
export function setMessageReaction(message: MessageEntity, by: UserId, want: string | null): Promise<void> {
  const id = message.message_id
  const params = paramsOf(message)
  return toggles.request<string | null, Message>(`message-reaction:${id}`, want, {
    apply: (emoji) => entities.overlay('messages', id, 'reaction', (one) => withReaction(one, by, emoji)),
    send: (emoji) =>
      emoji === null ? api.messages.unreact({ params }) : api.messages.react({ params, body: { emoji } }),
    settle: (changed) => settled(message, 'reaction', changed),
    fail: (error) => failed(message, 'reaction', error),
  })
}

/** Shows the new text at once; answers whether the server took it. */
export async function editMessage(message: MessageEntity, text: string): Promise<boolean> {
  const params = paramsOf(message)
  entities.overlay('messages', message.message_id, 'edit', (one) => ({
    ...one,
    body: text,
    edited_at: one.edited_at ?? one.created_at,
  }))
  try {
    settled(message, 'edit', await api.messages.edit({ params, body: { text } }))
    return true
  } catch (error) {
    failed(message, 'edit', error)
    return false
  }
}

/** Takes it back, for everybody. */
export async function unsendMessage(message: MessageEntity): Promise<void> {
  entities.overlay('messages', message.message_id, 'unsend', (one) => ({
    ...one,
    unsent: true,
    body: null,
    attachments: [],
    reactions: [],
    reply_to: null,
  }))
  try {
    settled(message, 'unsend', await api.messages.unsend({ params: paramsOf(message) }))
  } catch (error) {
    failed(message, 'unsend', error)
  }
}

function settled(message: MessageEntity, layer: string, changed: Message): void {
  changeMessage(changed)
  entities.settle('messages', message.message_id, layer)
}

/** One that is gone by now leaves the screen; of anything else the member is told. */
function failed(message: MessageEntity, layer: string, error: unknown): void {
  entities.settle('messages', message.message_id, layer)
  if (error instanceof TintypeError && error.code === 'not_found')
    dropMessage(message.conversation_id, message.message_id)
  else reportError(error)
}
