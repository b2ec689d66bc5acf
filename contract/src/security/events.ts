import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'

export const securityEvents = {
  /** Who is let in, slowed or challenged is another; by whom it was changed. */
  'security.changed': event<{ user_id: UserId | null }>(() => 'security'),
}
