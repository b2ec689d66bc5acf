import { bind, type RouteBinding } from '../../gateway/binding.ts'
import type { NotificationService } from './service.ts'

export const notificationRoutes = (notifications: NotificationService): RouteBinding[] => [
  bind('notifications', ({ viewer, query }) => notifications.list(viewer.user_id, query)),
  bind('markRead', ({ viewer, body }) => notifications.markRead(viewer.user_id, body.up_to)),
]
