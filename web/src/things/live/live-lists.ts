import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'

const SECOND = 1000

/** Lives of those whom one follows. */
export const livesNow = queryOptions({
  queryKey: ['lives', 'now'],
  queryFn: ({ signal }) => api.live.now({ signal }),
  staleTime: 30 * SECOND,
  refetchOnWindowFocus: true,
})

/** The live of a member that can be watched now; null: none. */
export const liveOf = (username: string) =>
  queryOptions({
    queryKey: ['lives', 'of', username],
    queryFn: async ({ signal }) => (await api.live.ofMember({ params: { username }, signal })).live,
    staleTime: 30 * SECOND,
  })
