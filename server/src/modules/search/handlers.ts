import type { Routes } from '@tintype/contract'
import { type Handlers, readyPage } from '../../gateway/binding.ts'
import type { Recents } from './recents.ts'
import type { Search } from './search.ts'

interface UseCases {
  search: Pick<Search, 'find' | 'complete'>
  recents: Recents
}

export const searchHandlers = ({ search, recents }: UseCases): Handlers<Routes['search']> => ({
  find: async ({ viewer, query: { q = '', type = 'top', cursor, limit = 20 } }) =>
    readyPage(await search.find(viewer.user_id, type, { q, cursor, limit })),
  autocomplete: ({ viewer, query: { q = '', type = 'top', limit = 8 } }) =>
    search.complete(viewer.user_id, type, { q, limit }),
  recents: ({ viewer }) => recents.list(viewer.user_id),
  addRecent: async ({ viewer, body }) => {
    await recents.add(viewer.user_id, body)
    return {}
  },
  removeRecent: async ({ viewer, params }) => {
    await recents.remove(viewer.user_id, params.recent_id)
    return {}
  },
  clearRecents: async ({ viewer }) => {
    await recents.clear(viewer.user_id)
    return {}
  },
})
