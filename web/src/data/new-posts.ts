import { createCell, useCell } from '../kit/cell.ts'
import { api } from './client.ts'
import { entities } from './entities/entities.ts'
import { isQuiet, useMe } from './member.ts'
import { idsOf } from './paged-list.ts'
import { FEED_PAGE, homeFeed, storedSort } from './posts.ts'
import { queryClient } from './query-client.ts'

const waiting = createCell(0)

/** Posts that wait at the top of the home feed. */
export const newPosts = {
  add: (count: number) => waiting.update((known) => known + count),
  clear: () => waiting.set(0),
  /** For what was said while nobody listened: counts those of the newest posts that the feed does not have. */
  async lookAgain(): Promise<void> {
    const known = new Set(idsOf(queryClient.getQueryData(homeFeed(storedSort()).queryKey)))
    if (known.size === 0) return
    const times = [...known].map((id) => entities.get('posts', id)?.created_at ?? '')
    const newest = times.toSorted().at(-1) ?? ''
    const { items } = await api.feed.home({ query: { sort: 'chronological', limit: FEED_PAGE } })
    const later = items.filter(
      ({ post_id, created_at, viewer }) => created_at > newest && !known.has(post_id) && !viewer.is_author,
    )
    if (later.length > 0) waiting.set(later.length)
  },
}

/** None in quiet mode. */
export function useNewPosts(): number {
  const me = useMe()
  const count = useCell(waiting, () => 0)
  return me && isQuiet(me) ? 0 : count
}
