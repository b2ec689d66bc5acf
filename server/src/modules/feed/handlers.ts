import type { Page, Routes, UserId } from '@tintype/contract'
import { type Handlers, type ReadyJson, readyPage } from '../../gateway/binding.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Favourites } from './favourites.ts'
import type { FeedWeights } from './feed-weights.ts'
import type { Asked, FeedService } from './service.ts'
import type { TagFollows } from './tag-follows.ts'

/** Defaults are filled in by the gateway's validation; this names them for the types. */
const asked = (query: { cursor?: string; limit?: number }): Asked => ({
  cursor: query.cursor,
  limit: query.limit ?? 20,
})

const ready = async (page: Promise<Page<{ json: Pieces }>>): Promise<ReadyJson> => readyPage(await page)

/** What members are shown of those they do not follow; visitors are shown what is newest. */
export interface ExploresForMembers {
  page(viewerId: UserId, asked: Asked): Promise<Page<{ json: Pieces }>>
}

interface UseCases {
  feed: FeedService
  explore: ExploresForMembers
  favourites: Favourites
  tagFollows: TagFollows
  weights: FeedWeights
}

export const feedHandlers = ({
  feed,
  explore,
  favourites,
  tagFollows,
  weights,
}: UseCases): Handlers<Routes['feed']> => ({
  home: ({ viewer, query: { sort = 'ranked', ...query } }) =>
    ready(
      sort === 'favourites'
        ? feed.favourites(viewer.user_id, asked(query))
        : feed.home(viewer.user_id, asked(query), sort),
    ),
  why: ({ viewer, params }) => feed.why(viewer.user_id, params.post_id),
  weights: ({ viewer }) => weights.of(viewer.user_id),
  changeWeights: ({ viewer, body }) => weights.change(viewer.user_id, body),
  favourites: ({ viewer }) => favourites.list(viewer.user_id),
  addFavourite: ({ viewer, params }) => favourites.add(viewer.user_id, params.username),
  removeFavourite: ({ viewer, params }) => favourites.remove(viewer.user_id, params.username),
  followedTags: async ({ viewer }) => (await tagFollows.of(viewer.user_id)).map((tag) => ({ tag })),
  followTag: ({ viewer, params }) => tagFollows.follow(viewer.user_id, params.tag),
  unfollowTag: ({ viewer, params }) => tagFollows.unfollow(viewer.user_id, params.tag),
  explore: ({ viewer, query }) =>
    ready(viewer ? explore.page(viewer.user_id, asked(query)) : feed.newest(asked(query))),
  user: ({ viewer, params, query }) =>
    ready(feed.user(viewer?.user_id ?? null, params.username, asked(query))),
  hashtag: ({ viewer, params, query }) =>
    ready(feed.hashtag(viewer?.user_id ?? null, params.tag, asked(query))),
  saved: ({ viewer, query }) => ready(feed.saved(viewer.user_id, asked(query))),
})
