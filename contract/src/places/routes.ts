import { type RouteGroup, route } from '../core/route.ts'
import { Exact, PageQuery, Type } from '../core/schema.ts'
import { Post } from '../posts/schemas.ts'
import { PlacePage, placeLimits, SuggestedPlace } from './schemas.ts'

/** The name of a place, however it is written. */
const params = Exact({ place: Type.String({ minLength: 1, maxLength: 400 }) })

export const placeRoutes = {
  get: route({
    method: 'GET',
    path: '/places/{place}',
    summary: 'A place by its name, with a map of where it is',
    access: 'optional',
    scope: 'read',
    params,
    reply: PlacePage,
    errors: ['not_found'],
  }),
  posts: route({
    method: 'GET',
    path: '/places/{place}/posts',
    summary: 'Posts from a place, newest first',
    access: 'optional',
    scope: 'read',
    params,
    query: PageQuery,
    paged: true,
    reply: Post,
    errors: ['not_found'],
  }),
  suggest: route({
    method: 'GET',
    path: '/places',
    summary: 'What is being typed could be the name of: places that posts here have, then towns of the world',
    access: 'member',
    scope: 'read',
    query: Exact({ q: Type.Optional(Type.String({ maxLength: placeLimits.q })) }),
    reply: Type.Array(SuggestedPlace),
  }),
} satisfies RouteGroup
