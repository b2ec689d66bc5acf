import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'
import type { AppId, GrantId } from './schemas.ts'

export const appEvents = {
  /** A member let an app in for the first time, or made a token of their own. */
  'app.allowed': event<{ user_id: UserId; grant_id: GrantId }>((e) => e.user_id),
  /** Whoever made it removed it, or has left: what it was allowed ends. */
  'app.removed': event<{ app_id: AppId }>((e) => e.app_id),
}
