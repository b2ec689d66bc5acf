import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'

/** Places that posts here have, and towns, by the beginning of their names. */
export const placesLike = (q: string) =>
  queryOptions({
    queryKey: ['places', 'like', q],
    queryFn: ({ signal }) => api.places.suggest({ query: { q }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
