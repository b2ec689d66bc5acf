import { Exact, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const notificationMessages = {
  'notifications.unread': message('The badge.', Exact({ count: Type.Integer() })),
}
