import { Exact, PostId, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const postMessages = {
  'post.status': message(
    'read',
    'One’s own post left `processing`.',
    Exact({ post_id: PostId, status: Type.Union([Type.Literal('published'), Type.Literal('failed')]) }),
  ),
}
