import { event } from '../core/events.ts'
import type { SessionId, UserId } from '../core/schema.ts'

export const accountEvents = {
  'user.registered': event<{ user_id: UserId }>((e) => e.user_id),
  /** The account is hidden at once; each module erases what it holds. */
  'user.deleted': event<{ user_id: UserId }>((e) => e.user_id),
  /** Logged out, revoked, or ended with the password or the account. */
  'user.sessions_ended': event<{ user_id: UserId; session_ids: SessionId[] }>((e) => e.user_id),
}
