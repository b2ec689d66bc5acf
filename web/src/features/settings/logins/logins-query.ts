import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../../data/client.ts'

export const loginsQuery = infiniteQueryOptions({
  queryKey: ['logins'],
  queryFn: ({ pageParam }) =>
    api.logins.list({ query: pageParam === undefined ? {} : { cursor: pageParam } }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  staleTime: 0,
})
