import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { ingestAuthorStories, ingestStories, ingestTray } from '../../data/entities/ingest.ts'
import { pagedList } from '../../data/paged-list.ts'

const PAGE = 30
const SECOND = 1000

/** Whose stories there are, as the server orders them: ids of members. */
export const trayList = infiniteQueryOptions({
  queryKey: ['stories', 'tray'],
  queryFn: async ({ pageParam, signal }) => {
    const query = { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }
    const page = await api.stories.feed({ query, signal })
    return { ids: ingestTray(page.items), next_cursor: page.next_cursor }
  },
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next_cursor,
  staleTime: 30 * SECOND,
  refetchOnWindowFocus: true,
})

/** A member's stories of the last 24 hours. */
export const storiesOf = (username: string) =>
  queryOptions({
    queryKey: ['stories', 'of', username],
    queryFn: async ({ signal }) => {
      const reply = await api.stories.ofAuthor({ params: { username }, signal })
      return { ...ingestAuthorStories(reply), muted: reply.muted }
    },
  })

/** What a member keeps on their profile. */
export const highlightsOf = (username: string) =>
  queryOptions({
    queryKey: ['highlights', 'of', username],
    queryFn: ({ signal }) => api.highlights.ofMember({ params: { username }, signal }),
  })

/** One's own stories, those whose time is over too. */
export const archiveList = (onThisDay: boolean) =>
  pagedList({
    kind: 'stories',
    key: ['archive', onThisDay ? 'day' : 'all'],
    limit: PAGE,
    fetchPage: (query, signal) => {
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
      const day = onThisDay ? { on_this_day: true, time_zone: timeZone } : {}
      return api.stories.archive({ query: { ...query, ...day }, signal })
    },
    ingest: ingestStories,
  })
