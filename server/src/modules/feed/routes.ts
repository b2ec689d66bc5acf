import { bind, type RouteBinding } from '../../gateway/binding.ts'
import type { Asked, FeedService } from './service.ts'

/** Defaults are filled in by the gateway's validation; this names them for the types. */
const asked = (query: { cursor?: string; limit?: number }): Asked => ({
  cursor: query.cursor,
  limit: query.limit ?? 20,
})

export const feedRoutes = (feed: FeedService): RouteBinding[] => [
  bind('homeFeed', ({ viewer, query }) => feed.home(viewer.user_id, asked(query), query.sort ?? 'ranked')),
  bind('exploreFeed', ({ viewer, query }) => feed.explore(viewer?.user_id ?? null, asked(query))),
  bind('userFeed', ({ viewer, params, query }) =>
    feed.user(viewer?.user_id ?? null, params.username, asked(query)),
  ),
  bind('hashtagFeed', ({ viewer, params, query }) =>
    feed.hashtag(viewer?.user_id ?? null, params.tag, asked(query)),
  ),
  bind('savedFeed', ({ viewer, query }) => feed.saved(viewer.user_id, asked(query))),
]
