import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, Type } from '../core/schema.ts'
import {
  NamedHit,
  NamedType,
  NewRecent,
  RecentId,
  RecentSearch,
  SearchHit,
  SearchType,
  searchLimits,
} from './schemas.ts'

const q = Type.Optional(Type.String({ maxLength: searchLimits.q }))

export const searchRoutes = {
  find: route({
    method: 'GET',
    path: '/search',
    summary:
      'Members, posts, hashtags and places: every word must match, the last by its beginning; `top` has the best of each, then posts',
    access: 'member',
    scope: 'read',
    query: Exact({ ...PageQuery.properties, q, type: Type.Optional(SearchType) }),
    paged: true,
    reply: SearchHit,
  }),
  autocomplete: route({
    method: 'GET',
    path: '/search/autocomplete',
    summary: 'What is being typed could be the name of: members, hashtags and places, best first',
    access: 'member',
    scope: 'read',
    query: Exact({
      q,
      type: Type.Optional(NamedType),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 8 })),
    }),
    reply: Type.Array(NamedHit),
  }),
  recents: route({
    method: 'GET',
    path: '/search/recents',
    summary: 'The member’s own searches, last first',
    access: 'member',
    scope: 'read',
    reply: Type.Array(RecentSearch),
  }),
  addRecent: route({
    method: 'POST',
    path: '/search/recents',
    summary: 'Keep what was searched for, or what was chosen of what was found',
    access: 'member',
    scope: 'write',
    body: NewRecent,
    reply: Empty,
    errors: ['not_found'],
  }),
  removeRecent: route({
    method: 'DELETE',
    path: '/search/recents/{recent_id}',
    summary: 'Forget one of them',
    access: 'member',
    scope: 'write',
    params: Exact({ recent_id: RecentId }),
    reply: Empty,
    errors: ['not_found'],
  }),
  clearRecents: route({
    method: 'DELETE',
    path: '/search/recents',
    summary: 'Forget them all',
    access: 'member',
    scope: 'write',
    reply: Empty,
  }),
} satisfies RouteGroup
