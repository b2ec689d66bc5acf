import type { CommentId, Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Comments } from './comments.ts'
import type { Likes } from './likes.ts'
import type { Reviewing } from './reviewing.ts'
import type { Threads } from './threads.ts'

export const engagementHandlers = (likes: Likes): Handlers<Routes['engagement']> => ({
  like: ({ viewer, params }) => likes.likePost(viewer.user_id, params.post_id),
  unlike: ({ viewer, params }) => likes.unlikePost(viewer.user_id, params.post_id),
  likes: ({ viewer, params, query }) => likes.postLikes(viewer?.user_id ?? null, params.post_id, query),
  save: ({ viewer, params }) => likes.savePost(viewer.user_id, params.post_id),
  unsave: ({ viewer, params }) => likes.unsavePost(viewer.user_id, params.post_id),
})

export const commentHandlers = (threads: Threads, comments: Comments): Handlers<Routes['comments']> => ({
  create: ({ viewer, params, body, reservedId }) =>
    comments.comment(viewer.user_id, params.post_id, body, reservedId as CommentId | undefined),
  list: ({ viewer, params, query }) => threads.comments(viewer?.user_id ?? null, params.post_id, query),
  replies: ({ viewer, params, query }) => threads.replies(viewer?.user_id ?? null, params.comment_id, query),
  delete: async ({ viewer, params }) => {
    await comments.deleteComment(viewer.user_id, params.comment_id)
    return {}
  },
  like: ({ viewer, params }) => comments.likeComment(viewer.user_id, params.comment_id),
  unlike: ({ viewer, params }) => comments.unlikeComment(viewer.user_id, params.comment_id),
})

export const commentReviewHandlers = (reviewing: Reviewing): Handlers<Routes['commentReview']> => ({
  pin: ({ viewer, params }) => reviewing.pin(viewer.user_id, params.comment_id),
  unpin: ({ viewer, params }) => reviewing.unpin(viewer.user_id, params.comment_id),
  held: ({ viewer, query }) => reviewing.held(viewer.user_id, query),
  approve: ({ viewer, params }) => reviewing.approve(viewer.user_id, params.comment_id),
})
