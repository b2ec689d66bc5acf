import { infiniteQueryOptions } from '@tanstack/react-query'
import type { StoryId } from '@tintype/contract'
import { api } from '../../../data/client.ts'
import { ingestUsers } from '../../../data/entities/ingest.ts'

const PAGE = 30
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { next_cursor: string | null }) => page.next_cursor,
  // Looked at while more come.
  staleTime: 0,
}
const queryOf = (cursor: string | null) => ({ limit: PAGE, ...(cursor ? { cursor } : {}) })

/** Who has seen it, last first. */
export const viewsOf = (story_id: StoryId) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: ['stories', 'views', story_id],
    queryFn: async ({ pageParam, signal }) => {
      const page = await api.stories.views({ params: { story_id }, query: queryOf(pageParam), signal })
      ingestUsers(page.items.map(({ user }) => user))
      const items = page.items.map(({ user, ...view }) => ({ ...view, user_id: user.user_id }))
      return { items, next_cursor: page.next_cursor }
    },
  })

/** What was answered to one of its stickers, last first. */
export const answersOf = (story_id: StoryId, sticker: number) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: ['stories', 'answers', story_id, sticker],
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...queryOf(pageParam), sticker }
      const page = await api.stories.answers({ params: { story_id }, query, signal })
      ingestUsers(page.items.map(({ user }) => user))
      const items = page.items.map(({ user, ...answer }) => ({ ...answer, user_id: user.user_id }))
      return { items, next_cursor: page.next_cursor }
    },
  })
