import { type RouteGroup, route } from '../core/route.ts'
import { Exact, PageQuery, Type, Username } from '../core/schema.ts'
import { ExplorePost } from '../explore/schemas.ts'
import { limits } from '../limits.ts'
import { Post } from '../posts/schemas.ts'

const postList = { method: 'GET', paged: true, reply: Post } as const

export const feedRoutes = {
  home: route({
    ...postList,
    path: '/feed/home',
    summary: 'Posts of the members one follows, and one’s own',
    access: 'member',
    query: Exact({
      ...PageQuery.properties,
      sort: Type.Optional(
        Type.Union([Type.Literal('ranked'), Type.Literal('chronological')], { default: 'ranked' }),
      ),
    }),
  }),
  explore: route({
    ...postList,
    path: '/feed/explore',
    summary:
      'Public posts that the viewer may like, of members they do not follow, each with why; seen ones come last',
    reply: ExplorePost,
    access: 'optional',
    query: PageQuery,
  }),
  user: route({
    ...postList,
    path: '/feed/user/{username}',
    summary: 'A member’s posts, newest first',
    access: 'optional',
    params: Exact({ username: Username }),
    query: PageQuery,
    errors: ['not_found'],
  }),
  hashtag: route({
    ...postList,
    path: '/feed/hashtag/{tag}',
    summary: 'Posts with a hashtag, newest first',
    access: 'optional',
    params: Exact({ tag: Type.String({ minLength: 1, maxLength: limits.hashtag }) }),
    query: PageQuery,
  }),
  saved: route({
    ...postList,
    path: '/feed/saved',
    summary: 'What the viewer saved, last saved first',
    access: 'member',
    query: PageQuery,
  }),
} satisfies RouteGroup
