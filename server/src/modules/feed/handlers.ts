import type { Page, Routes, UserId } from '@tintype/contract'
import { type Handlers, type ReadyJson, readyPage } from '../../gateway/binding.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Asked, FeedService } from './service.ts'

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

export const feedHandlers = (feed: FeedService, explore: ExploresForMembers): Handlers<Routes['feed']> => ({
  home: ({ viewer, query }) => ready(feed.home(viewer.user_id, asked(query), query.sort ?? 'ranked')),
  explore: ({ viewer, query }) =>
    ready(viewer ? explore.page(viewer.user_id, asked(query)) : feed.newest(asked(query))),
  user: ({ viewer, params, query }) =>
    ready(feed.user(viewer?.user_id ?? null, params.username, asked(query))),
  hashtag: ({ viewer, params, query }) =>
    ready(feed.hashtag(viewer?.user_id ?? null, params.tag, asked(query))),
  saved: ({ viewer, query }) => ready(feed.saved(viewer.user_id, asked(query))),
})
