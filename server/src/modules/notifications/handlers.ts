import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { NotificationService } from './service.ts'

export const notificationHandlers = (
  notifications: NotificationService,
): Handlers<Routes['notifications']> => ({
  list: ({ viewer, query }) => notifications.list(viewer.user_id, query),
  markRead: ({ viewer, body }) => notifications.markRead(viewer.user_id, body.up_to),
})
