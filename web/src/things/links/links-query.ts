import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'

/** One's private links, the newest first. */
export const linksQuery = queryOptions({
  queryKey: ['private-links'],
  queryFn: () => api.links.list(),
  staleTime: 0,
})

export const readLinksAgain = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: linksQuery.queryKey })
