import type { Page, Routes } from '@tintype/contract'
import { type Handlers, type ReadyJson, readyPage } from '../../gateway/binding.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Asked, ReelDeps } from './deps.ts'
import type { Reels } from './reels.ts'
import type { Sounds } from './sounds.ts'
import type { Watches } from './watches.ts'

const asked = (query: { cursor?: string; limit?: number }): Asked => ({
  cursor: query.cursor,
  limit: query.limit ?? 20,
})
const ready = async (page: Promise<Page<{ json: Pieces }>>): Promise<ReadyJson> => readyPage(await page)

interface UseCases {
  reels: Reels
  sounds: Sounds
  watches: Watches
  feed: ReelDeps['feed']
}

export const reelHandlers = ({ reels, sounds, watches, feed }: UseCases): Handlers<Routes['reels']> => ({
  feed: ({ viewer, query }) =>
    ready(viewer ? feed(viewer.user_id, asked(query)) : reels.newest(asked(query))),
  ofMember: ({ viewer, params, query }) =>
    ready(reels.ofMember(viewer?.user_id ?? null, params.username, asked(query))),
  sound: ({ viewer, params }) => sounds.find(viewer?.user_id ?? null, params.sound_id),
  withSound: ({ viewer, params, query }) =>
    ready(reels.withSound(viewer?.user_id ?? null, params.sound_id, asked(query))),
  watched: async ({ viewer, body }) => {
    await watches.note(viewer.user_id, body.watches)
    return {}
  },
})
