import type { CommentId } from '@tintype/contract'
import { bind, type RouteBinding } from '../../gateway/binding.ts'
import type { Comments } from './comments.ts'
import type { Likes } from './likes.ts'
import type { Threads } from './threads.ts'

export const engagementRoutes = (likes: Likes, threads: Threads, comments: Comments): RouteBinding[] => [
  bind('likePost', ({ viewer, params }) => likes.likePost(viewer.user_id, params.post_id)),
  bind('unlikePost', ({ viewer, params }) => likes.unlikePost(viewer.user_id, params.post_id)),
  bind('postLikes', ({ viewer, params, query }) =>
    likes.postLikes(viewer?.user_id ?? null, params.post_id, query),
  ),
  bind('savePost', ({ viewer, params }) => likes.savePost(viewer.user_id, params.post_id)),
  bind('unsavePost', ({ viewer, params }) => likes.unsavePost(viewer.user_id, params.post_id)),
  bind('comment', ({ viewer, params, body, reservedId }) =>
    comments.comment(viewer.user_id, params.post_id, body, reservedId as CommentId | undefined),
  ),
  bind('comments', ({ viewer, params, query }) =>
    threads.comments(viewer?.user_id ?? null, params.post_id, query),
  ),
  bind('replies', ({ viewer, params, query }) =>
    threads.replies(viewer?.user_id ?? null, params.comment_id, query),
  ),
  bind('deleteComment', async ({ viewer, params }) => {
    await comments.deleteComment(viewer.user_id, params.comment_id)
    return {}
  }),
  bind('likeComment', ({ viewer, params }) => comments.likeComment(viewer.user_id, params.comment_id)),
  bind('unlikeComment', ({ viewer, params }) => comments.unlikeComment(viewer.user_id, params.comment_id)),
]
