import type { ConversationId, MessageId } from '@tintype/contract'
import { api } from '../client.ts'
import { entities } from '../entities/entities.ts'
import { toggles } from '../entities/toggle-queue.ts'

/** Says that the member has looked at a message, and so at all before it; what the network does not take is said the next time. */
export function markRead(conversation_id: ConversationId, up_to: MessageId): void {
  const known = entities.truth('conversations', conversation_id)
  // Who has not accepted a request does not let on that they have read it.
  if (known?.viewer.status !== 'accepted') return
  const { last_read_message_id, unread_count } = known.viewer
  if ((last_read_message_id ?? '') >= up_to && unread_count === 0) return
  void toggles.request(`read:${conversation_id}`, up_to, {
    apply: (last_read) => {
      const viewer = entities.truth('conversations', conversation_id)?.viewer ?? known.viewer
      entities.patch('conversations', conversation_id, {
        viewer: { ...viewer, unread_count: 0, last_read_message_id: last_read },
      })
    },
    send: (last_read) =>
      api.conversations.markRead({ params: { conversation_id }, body: { up_to: last_read } }),
    settle: () => undefined,
    fail: () => undefined,
  })
}
