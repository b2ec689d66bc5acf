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
    params: post,
    status: 201,
    rateLimit: 'comment',
    idempotent: true,
    body: Exact({
      text: Written('lines', { min: 1, max: limits.comment }),
      parent_comment_id: Type.Optional(Nullable(CommentId)),
    }),
    reply: Comment,
    errors: ['not_found', 'comments_off', 'too_many_tags'],
  }),
  list: route({
    method: 'GET',
    path: '/posts/{post_id}/comments',
    summary: 'Top-level comments, oldest first',
    access: 'optional',
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
    params: comment,
    reply: Empty,
    errors: ['not_found'],
  }),
  like: route({
    method: 'POST',
    path: '/comments/{comment_id}/like',
    summary: 'Like a comment',
    access: 'member',
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
    params: comment,
    reply: Liked,
    errors: ['not_found'],
  }),
} satisfies RouteGroup
