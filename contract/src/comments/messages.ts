import { CommentId, Exact, Nullable, PostId, Type } from '../core/schema.ts'
import { message } from '../core/sockets.ts'
import { Comment } from './schemas.ts'

/** The comment that a reply stands under. */
const Parent = Nullable(Exact({ comment_id: CommentId, replies_count: Type.Integer() }))

export const commentMessages = {
  'comment.created': message(
    'read',
    'A comment or a reply, as the API would answer it to this member.',
    Exact({ comment: Comment, parent: Parent }),
  ),
  'comment.deleted': message(
    'read',
    'A comment is gone, and its replies with it.',
    Exact({ post_id: PostId, comment_id: CommentId, parent: Parent }),
  ),
}
