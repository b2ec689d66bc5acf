import { event } from '../core/events.ts'
import type { SessionId, UserId } from '../core/schema.ts'

export const accountEvents = {
  'user.registered': event<{ user_id: UserId }>((e) => e.user_id),
  /** The account is hidden at once; each module erases what it holds. */
  'user.deleted': event<{ user_id: UserId }>((e) => e.user_id),
  /** For a while, until they log in again. `gone_at` (milliseconds since 1970): when all of it is deleted unless they do. */
  'user.hidden': event<{ user_id: UserId; gone_at?: number }>((e) => e.user_id),
  /** They are back. */
  'user.shown': event<{ user_id: UserId }>((e) => e.user_id),
  /** A link was made that is to be mailed. Its member is nobody where the name that was asked for is nobody's. */
  'user.link_asked': event<{ user_id: UserId; link_id: string; purpose: 'verify' | 'reset' }>(
    (e) => e.user_id,
  ),
  'user.email_change_asked': event<{ user_id: UserId; change_id: string }>((e) => e.user_id),
  /** The address before stands apart, sealed, by `change_id`; facts of earlier versions have it in `was`. */
  'user.email_changed': event<{ user_id: UserId; change_id?: string; was?: string }>((e) => e.user_id),
  'user.password_changed': event<{ user_id: UserId }>((e) => e.user_id),
  /** Logged in from where the account was never used. */
  'user.device_new': event<{ user_id: UserId; session_id: SessionId }>((e) => e.user_id),
  /** Logged out, revoked, or ended with the password or the account. */
  'user.sessions_ended': event<{ user_id: UserId; session_ids: SessionId[] }>((e) => e.user_id),
}
