import { type RouteGroup, route } from '../core/route.ts'
import { Exact, NotificationId, PageQuery, Type } from '../core/schema.ts'
import { Notification } from './schemas.ts'

export const notificationRoutes = {
  list: route({
    method: 'GET',
    path: '/notifications',
    summary: 'What happened, newest first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Notification,
  }),
  markRead: route({
    method: 'POST',
    path: '/notifications/read',
    summary: 'Mark as read, up to and including one; all unless given',
    access: 'member',
    scope: 'write',
    body: Exact({ up_to: Type.Optional(NotificationId) }),
    reply: Exact({ unread_count: Type.Integer() }),
  }),
} satisfies RouteGroup
