import type { Page, Routes } from '@tintype/contract'
import { type Handlers, type ReadyJson, readyPage } from '../../gateway/binding.ts'
import type { Asked, FeedService, Shown } from './service.ts'

/** Defaults are filled in by the gateway's validation; this names them for the types. */
const asked = (query: { cursor?: string; limit?: number }): Asked => ({
  cursor: query.cursor,
  limit: query.limit ?? 20,
})

const ready = async (page: Promise<Page<Shown>>): Promise<ReadyJson> => readyPage(await page)

export const feedHandlers = (feed: FeedService): Handlers<Routes['feed']> => ({
  home: ({ viewer, query }) => ready(feed.home(viewer.user_id, asked(query), query.sort ?? 'ranked')),
  explore: ({ viewer, query }) => ready(feed.explore(viewer?.user_id ?? null, asked(query))),
  user: ({ viewer, params, query }) =>
    ready(feed.user(viewer?.user_id ?? null, params.username, asked(query))),
  hashtag: ({ viewer, params, query }) =>
    ready(feed.hashtag(viewer?.user_id ?? null, params.tag, asked(query))),
  saved: ({ viewer, query }) => ready(feed.saved(viewer.user_id, asked(query))),
})
