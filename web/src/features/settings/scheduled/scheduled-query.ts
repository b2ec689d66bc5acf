import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../data/client.ts'
import { queryClient } from '../../../data/query-client.ts'

/** Milliseconds between two looks while pictures of one are made. */
const LOOK_EVERY = 2000

/** One's scheduled posts, the next one first. */
export const scheduledQuery = queryOptions({
  queryKey: ['scheduled'],
  queryFn: () => api.scheduled.list(),
  staleTime: 0,
  refetchInterval: ({ state }) =>
    state.data?.some(({ status }) => status === 'processing') ? LOOK_EVERY : false,
})

export const readScheduledAgain = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: scheduledQuery.queryKey })
