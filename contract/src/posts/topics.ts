import { PostId } from '../core/schema.ts'
import { topic } from '../core/sockets.ts'

export const postTopics = {
  post: topic('read', 'A post that is open: its counts, and what is said under it.', PostId, [
    'post.counted',
    'comment.created',
    'comment.deleted',
  ]),
}
