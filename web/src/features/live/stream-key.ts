import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'

/** Where software sends to, and whether there is a key for it. */
export const keyQuery = queryOptions({
  queryKey: ['stream-key'],
  queryFn: ({ signal }) => api.live.key({ signal }),
  // A key that was just made is in it, and never again.
  staleTime: Number.POSITIVE_INFINITY,
})
