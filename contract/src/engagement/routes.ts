import { type RouteGroup, route } from '../core/route.ts'
import { Exact, PageQuery, PostId, Type } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'
import { Liked } from './schemas.ts'

const post = Exact({ post_id: PostId })

export const engagementRoutes = {
  like: route({
    method: 'POST',
    path: '/posts/{post_id}/like',
    summary: 'Like; twice is once',
    access: 'member',
    scope: 'write',
    params: post,
    reply: Liked,
    rateLimit: 'like',
    errors: ['not_found'],
  }),
  unlike: route({
    method: 'DELETE',
    path: '/posts/{post_id}/like',
    summary: 'Take a like back',
    access: 'member',
    scope: 'write',
    params: post,
    reply: Liked,
    errors: ['not_found'],
  }),
  likes: route({
    method: 'GET',
    path: '/posts/{post_id}/likes',
    summary: 'Who liked it',
    access: 'optional',
    scope: 'read',
    params: post,
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
    errors: ['not_found'],
  }),
  save: route({
    method: 'POST',
    path: '/posts/{post_id}/save',
    summary: 'Save for oneself',
    access: 'member',
    scope: 'write',
    params: post,
    reply: Exact({ saved: Type.Boolean() }),
    errors: ['not_found'],
  }),
  unsave: route({
    method: 'DELETE',
    path: '/posts/{post_id}/save',
    summary: 'Take out of the saved',
    access: 'member',
    scope: 'write',
    params: post,
    reply: Exact({ saved: Type.Boolean() }),
    errors: ['not_found'],
  }),
} satisfies RouteGroup
