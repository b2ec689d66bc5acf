import type { SentMessage } from '@tintype/contract'
import { entities } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { useTopic } from '../../data/live.ts'
import { refreshPost } from '../../data/posts.ts'
import { hearComment, hearDeleted, rereadComments } from '../comments/comment-lists.ts'

/** While a post is open its counts and its comments follow what others do. */
export function useLivePost({ post_id, status }: PostEntity): void {
  useTopic(status === 'published' ? `post:${post_id}` : undefined, {
    hear,
    catchUp: () => rereadComments(post_id),
    // It is gone, or not for this member any more: which of the two, the answer does not say either.
    onLeave: () => refreshPost(post_id),
  })
}

function hear(message: SentMessage): void {
  if (message.type === 'post.counted') {
    const { post_id, ...counts } = message.data
    entities.patch('posts', post_id, counts)
  }
  if (message.type === 'comment.created') hearComment(message.data)
  if (message.type === 'comment.deleted') hearDeleted(message.data)
}
