import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'

/** How many hang on the wall; each has its place in the style sheet. */
export const PLATES = 8

/** What everybody may see of this place, for the wall beside the log-in. */
export const platesQuery = queryOptions({
  queryKey: ['plates'],
  queryFn: () => api.feed.explore({ query: { limit: PLATES } }),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
})
