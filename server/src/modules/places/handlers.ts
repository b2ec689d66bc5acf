import type { Page, Routes, UserId } from '@tintype/contract'
import { type Handlers, readyPage } from '../../gateway/binding.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Places } from './places.ts'

interface UseCases {
  places: Pick<Places, 'page' | 'suggest'>
  /** Of a place by its name, newest first. */
  posts(
    viewerId: UserId | null,
    name: string,
    asked: { cursor?: string; limit: number },
  ): Promise<Page<{ json: Pieces }>>
}

export const placeHandlers = ({ places, posts }: UseCases): Handlers<Routes['places']> => ({
  get: ({ viewer, params }) => places.page(viewer?.user_id ?? null, params.place),
  posts: async ({ viewer, params, query: { cursor, limit = 20 } }) =>
    readyPage(await posts(viewer?.user_id ?? null, params.place, { cursor, limit })),
  suggest: ({ viewer, query: { q = '' } }) => places.suggest(viewer.user_id, q),
})
