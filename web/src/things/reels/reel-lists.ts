import { queryOptions } from '@tanstack/react-query'
import type { PostId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { GRID_PAGE, postList } from '../../data/posts.ts'

/** What a page brings counts as shown, so pages are short. */
const PAGE = 6
const HOUR = 3_600_000

/** Read anew it has other reels: so it stays as it is for as long as a visit may last. */
export const reelsFeed = postList(['reels'], (query, signal) => api.reels.feed({ query, signal }), PAGE, HOUR)
export const reelsOf = (username: string) =>
  postList(
    ['reels', 'by', username],
    (query, signal) => api.reels.ofMember({ params: { username }, query, signal }),
    GRID_PAGE,
  )
export const reelsWith = (sound_id: PostId) =>
  postList(
    ['reels', 'with', sound_id],
    (query, signal) => api.reels.withSound({ params: { sound_id }, query, signal }),
    GRID_PAGE,
  )
export const soundQuery = (sound_id: PostId) =>
  queryOptions({
    queryKey: ['sound', sound_id],
    queryFn: ({ signal }) => api.reels.sound({ params: { sound_id }, signal }),
  })
