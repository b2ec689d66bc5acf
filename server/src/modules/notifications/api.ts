import type { textOf } from './pushes.ts'
import type { NotificationService } from './service.ts'

/** How much a member has not read. */
export type Notifications = Pick<NotificationService, 'unreadCount'>

/** What is told outside the app of what is unread in it. */
export type UnreadNotices = Pick<NotificationService, 'unreadCount' | 'unreadSince'>

export type TextOf = typeof textOf

export type { Shown } from './show.ts'
