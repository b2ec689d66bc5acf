import { Exact, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const notificationMessages = {
  'notifications.unread': message('read', 'The badge.', Exact({ count: Type.Integer() })),
}
