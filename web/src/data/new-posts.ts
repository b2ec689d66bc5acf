import { useSyncExternalStore } from 'react'
import { api } from './client.ts'
import { entities } from './entities/entities.ts'
import { FEED_PAGE, homeFeed, idsOf, storedSort } from './posts.ts'
import { queryClient } from './query-client.ts'

let waiting = 0
const listeners = new Set<() => void>()
const set = (count: number) => {
  waiting = count
  for (const listener of listeners) listener()
}

/** Posts that wait at the top of the home feed. */
export const newPosts = {
  add: (count: number) => set(waiting + count),
  clear: () => set(0),
  /** For what was said while nobody listened: counts those of the newest posts that the feed does not have. */
  async lookAgain(): Promise<void> {
    const known = idsOf(queryClient.getQueryData(homeFeed(storedSort()).queryKey))
    if (known.length === 0) return
    const newest = known.map((id) => entities.get('posts', id)?.created_at ?? '').toSorted().at(-1) ?? ''
    const { items } = await api.feed.home({ query: { sort: 'chronological', limit: FEED_PAGE } })
    const later = items.filter(({ created_at, viewer }) => created_at > newest && !viewer.is_author)
    if (later.length > 0) set(later.length)
  },
}

export const useNewPosts = (): number =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => waiting,
    () => 0,
  )
