import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, PostId, Type, Username } from '../core/schema.ts'
import { Post } from '../posts/schemas.ts'
import { Collaborator } from './schemas.ts'

const params = Exact({ post_id: PostId })
const other = Exact({ post_id: PostId, username: Username })
const reply = Type.Array(Collaborator)

/** Posts of several authors. */
export const collaboratorRoutes = {
  list: route({
    method: 'GET',
    path: '/posts/{post_id}/collaborators',
    summary: 'Who is an author of a post beside the one who made it',
    access: 'optional',
    scope: 'read',
    params,
    reply,
    errors: ['not_found'],
  }),
  invite: route({
    method: 'PUT',
    path: '/posts/{post_id}/collaborators/{username}',
    summary: 'Ask a member to be an author of one’s own post too; who has declined is not asked again',
    access: 'member',
    scope: 'write',
    rateLimit: 'follow',
    params: other,
    reply,
    errors: ['not_found', 'cannot_target_self', 'too_many_collaborators', 'circles_refused'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/posts/{post_id}/collaborators/{username}',
    summary: 'Take somebody out of one’s own post, or take back that they were asked',
    access: 'member',
    scope: 'write',
    params: other,
    reply,
    errors: ['not_found', 'cannot_target_self'],
  }),
  accept: route({
    method: 'PUT',
    path: '/posts/{post_id}/collaboration',
    summary: 'Be an author of it: on one’s profile, and in the feeds of one’s followers who may see it',
    access: 'member',
    scope: 'write',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
  leave: route({
    method: 'DELETE',
    path: '/posts/{post_id}/collaboration',
    summary: 'Decline, or be none of its authors any more; for good',
    access: 'member',
    scope: 'write',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
  pending: route({
    method: 'GET',
    path: '/posts/collaborations/pending',
    summary: 'Posts that one is asked to be an author of, newest first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Post,
  }),
} satisfies RouteGroup
