import type { Conversation, ConversationId } from '@tintype/contract'
import { api } from '../client.ts'
import { entities } from '../entities/entities.ts'
import { toggles } from '../entities/toggle-queue.ts'
import { reportError } from '../report-error.ts'
import { forgetConversation, takeConversation } from './conversations.ts'

/** Mutes or pins, and back. */
export function setConversation(
  conversation_id: ConversationId,
  what: 'muted' | 'pinned',
  want: boolean,
): Promise<void> {
  return toggles.request<boolean, Conversation>(`${what}:${conversation_id}`, want, {
    apply: (wanted) =>
      entities.overlay('conversations', conversation_id, what, (one) => ({
        ...one,
        viewer: { ...one.viewer, [what]: wanted },
      })),
    send: (wanted) => api.conversations.set({ params: { conversation_id }, body: { [what]: wanted } }),
    settle: (changed) => {
      takeConversation(changed)
      entities.settle('conversations', conversation_id, what)
    },
    fail: (error) => {
      entities.settle('conversations', conversation_id, what)
      reportError(error)
    },
  })
}

/** Does something to a conversation that answers how it is then; says whether it was done, and tells the member where not. */
export async function change(act: () => Promise<Conversation>): Promise<boolean> {
  try {
    takeConversation(await act())
    return true
  } catch (error) {
    reportError(error)
    return false
  }
}

/** It goes from the member's list. */
export async function endConversation(
  id: ConversationId,
  how: 'leave' | 'delete' | 'decline',
): Promise<boolean> {
  try {
    await api.conversations[how]({ params: { conversation_id: id } })
    forgetConversation(id)
    return true
  } catch (error) {
    reportError(error)
    return false
  }
}
