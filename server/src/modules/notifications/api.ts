import type { NotificationService } from './service.ts'

/** How much a member has not read. */
export type Notifications = Pick<NotificationService, 'unreadCount'>
