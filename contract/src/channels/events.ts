import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'

export const channelEvents = {
  /** A member's daily mail is to be written, of what is unread of what came after `since` (milliseconds since 1970). `day`: `2026-01-31`. */
  'digest.due': event<{ user_id: UserId; since: number; day: string }>((e) => e.user_id),
}
