import { Exact, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const feedMessages = {
  'feed.new_posts': message(
    'read',
    'New posts wait at the top of the home feed.',
    Exact({ count: Type.Integer() }),
  ),
}
