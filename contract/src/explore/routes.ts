import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, PostId, Type, Username } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'

const post = {
  access: 'member',
  path: '/posts/{post_id}/not-interested',
  params: Exact({ post_id: PostId }),
  reply: Exact({ not_interested: Type.Boolean() }),
  errors: ['not_found'],
} as const

const author = {
  access: 'member',
  path: '/users/{username}/hidden',
  params: Exact({ username: Username }),
  reply: Exact({ hidden: Type.Boolean() }),
  errors: ['not_found', 'cannot_target_self'],
} as const

export const exploreRoutes = {
  refusePost: route({
    ...post,
    method: 'PUT',
    summary: 'Not interested: leaves explore, and what is like it is shown less',
    scope: 'write',
  }),
  allowPost: route({ ...post, method: 'DELETE', summary: 'Take “not interested” back', scope: 'write' }),
  hideAuthor: route({
    ...author,
    method: 'PUT',
    summary: 'Hide a member’s posts from explore; they are not told',
    scope: 'follow',
  }),
  showAuthor: route({
    ...author,
    method: 'DELETE',
    summary: 'Show their posts in explore again',
    scope: 'follow',
  }),
  hiddenAuthors: route({
    method: 'GET',
    path: '/users/me/hidden',
    summary: 'Whose posts the viewer hides from explore, last hidden first',
    access: 'member',
    scope: 'follow',
    query: PageQuery,
    paged: true,
    reply: UserListEntry,
  }),
  dismissSuggestion: route({
    method: 'DELETE',
    path: '/users/suggested/{username}',
    summary: 'Suggest a member no more',
    access: 'member',
    scope: 'follow',
    params: Exact({ username: Username }),
    reply: Empty,
    errors: ['not_found', 'cannot_target_self'],
  }),
} satisfies RouteGroup
