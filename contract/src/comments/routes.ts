import { type RouteGroup, route } from '../core/route.ts'
import { CommentId, Empty, Exact, Nullable, PageQuery, PostId, Type, Written } from '../core/schema.ts'
import { Liked } from '../engagement/schemas.ts'
import { limits } from '../limits.ts'
import { Comment } from './schemas.ts'

const post = Exact({ post_id: PostId })

const comment = Exact({ comment_id: CommentId })

export const commentRoutes = {
  create: route({
    method: 'POST',
    path: '/posts/{post_id}/comments',
    summary: 'Comment, or reply',
    access: 'member',
    scope: 'write',
    params: post,
    status: 201,
    rateLimit: 'comment',
    idempotent: true,
    body: Exact({
      text: Written('lines', { min: 1, max: limits.comment }),
      parent_comment_id: Type.Optional(Nullable(CommentId)),
    }),
    reply: Comment,
    errors: ['not_found', 'comments_off', 'comments_limited', 'too_many_tags', 'words_refused'],
  }),
  list: route({
    method: 'GET',
    path: '/posts/{post_id}/comments',
    summary: 'Top-level comments: pinned ones, then oldest first',
    access: 'optional',
    scope: 'read',
    params: post,
    query: PageQuery,
    paged: true,
    reply: Comment,
    errors: ['not_found'],
  }),
  replies: route({
    method: 'GET',
    path: '/comments/{comment_id}/replies',
    summary: 'Replies, oldest first',
    access: 'optional',
    scope: 'read',
    params: comment,
    query: PageQuery,
    paged: true,
    reply: Comment,
    errors: ['not_found'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/comments/{comment_id}',
    summary: 'Delete one’s own comment, or any under one’s own post; its replies go with it',
    access: 'member',
    scope: 'write',
    params: comment,
    reply: Empty,
    errors: ['not_found'],
  }),
  like: route({
    method: 'POST',
    path: '/comments/{comment_id}/like',
    summary: 'Like a comment',
    access: 'member',
    scope: 'write',
    params: comment,
    reply: Liked,
    rateLimit: 'like',
    errors: ['not_found'],
  }),
  unlike: route({
    method: 'DELETE',
    path: '/comments/{comment_id}/like',
    summary: 'Take it back',
    access: 'member',
    scope: 'write',
    params: comment,
    reply: Liked,
    errors: ['not_found'],
  }),
} satisfies RouteGroup

/** What the author of a post does with the comments on it. */
export const commentReviewRoutes = {
  pin: route({
    method: 'PUT',
    path: '/comments/{comment_id}/pin',
    summary: 'Pin a comment on one’s own post, three at most',
    access: 'member',
    scope: 'write',
    params: comment,
    reply: Comment,
    errors: ['not_found', 'pins_full', 'reply_not_pinnable'],
  }),
  unpin: route({
    method: 'DELETE',
    path: '/comments/{comment_id}/pin',
    summary: 'Take the pin off',
    access: 'member',
    scope: 'write',
    params: comment,
    reply: Comment,
    errors: ['not_found'],
  }),
  held: route({
    method: 'GET',
    path: '/comments/held',
    summary: 'Comments on one’s own posts that a filtered word holds back, newest first',
    access: 'member',
    scope: 'read',
    query: Exact({ ...PageQuery.properties, post_id: Type.Optional(PostId) }),
    paged: true,
    reply: Comment,
  }),
  approve: route({
    method: 'POST',
    path: '/comments/{comment_id}/approve',
    summary: 'Let everybody see a comment that was held back',
    access: 'member',
    scope: 'write',
    params: comment,
    reply: Comment,
    errors: ['not_found'],
  }),
} satisfies RouteGroup
