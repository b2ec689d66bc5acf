import { queryOptions } from '@tanstack/react-query'
import type { NamedHit, NewRecent, RecentId, RecentSearch } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { postList } from '../../data/posts.ts'
import { queryClient } from '../../data/query-client.ts'

/** A list that is not paged shows so many. */
const MOST = 50
/** Above the posts of "top". */
const NAMES = 8

const ingested = (hits: readonly NamedHit[]): readonly NamedHit[] => {
  ingestUsers(hits.flatMap((hit) => (hit.type === 'user' ? hit.user : [])))
  return hits
}

/** What one could mean, the best of each kind. */
export const namesLike = (q: string) =>
  queryOptions({
    queryKey: ['search', 'names', q],
    queryFn: async ({ signal }) =>
      ingested(await api.search.autocomplete({ query: { q, limit: NAMES }, signal })),
  })

/** Tags or places. */
export const labelsLike = (q: string, type: 'hashtags' | 'places') =>
  queryOptions({
    queryKey: ['search', type, q],
    queryFn: async ({ signal }) => {
      const { items } = await api.search.find({ query: { q, type, limit: MOST }, signal })
      return items.filter((hit) => hit.type !== 'post')
    },
  })

export const postsLike = (q: string) =>
  postList(['search', q], async (query, signal) => {
    const { items, next_cursor } = await api.search.find({ query: { ...query, q, type: 'posts' }, signal })
    return { items: items.flatMap((hit) => (hit.type === 'post' ? hit.post : [])), next_cursor }
  })

export const recentsQuery = queryOptions({
  queryKey: ['search', 'recents'],
  queryFn: async ({ signal }) => {
    const recents = await api.search.recents({ signal })
    ingested(recents.flatMap(({ hit }) => hit ?? []))
    return recents
  },
})

/** Kept for the next time; that it could not be is no reason to disturb anybody. */
export function keepRecent(body: NewRecent): void {
  void api.search
    .addRecent({ body })
    .then(() => queryClient.invalidateQueries({ queryKey: recentsQuery.queryKey }))
    .catch(() => undefined)
}

/** One of them, or all: gone at once, and back if that fails. */
export async function forgetRecents(recent_id?: RecentId): Promise<void> {
  const { queryKey } = recentsQuery
  await queryClient.cancelQueries({ queryKey })
  const before = queryClient.getQueryData<RecentSearch[]>(queryKey)
  const kept = recent_id ? before?.filter((one) => one.recent_id !== recent_id) : []
  queryClient.setQueryData(queryKey, kept)
  try {
    await (recent_id ? api.search.removeRecent({ params: { recent_id } }) : api.search.clearRecents())
  } catch (error) {
    queryClient.setQueryData(queryKey, before)
    throw error
  }
}

/** How a hit is kept. */
export const recentOf = (hit: NamedHit): NewRecent =>
  hit.type === 'user'
    ? { username: hit.user.username }
    : hit.type === 'hashtag'
      ? { tag: hit.tag }
      : { place_id: hit.place_id }
