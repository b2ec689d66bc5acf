import { Exact, PostId, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'

export const engagementMessages = {
  'post.counted': message(
    'read',
    'The counts of an open post, as the API would answer them now. Said on joining as well.',
    Exact({
      post_id: PostId,
      /** Left out where only the author is to know it. */
      likes_count: Type.Optional(Type.Integer()),
      comments_count: Type.Integer(),
    }),
  ),
}
