import { event } from '../core/events.ts'
import type { NotificationId, UserId } from '../core/schema.ts'

export const notificationEvents = {
  /** Groups in which something new stands, and groups in which something was taken back or that were read. */
  'notifications.changed': event<{ user_id: UserId; begun: NotificationId[]; ended: NotificationId[] }>(
    (e) => e.user_id,
  ),
}
