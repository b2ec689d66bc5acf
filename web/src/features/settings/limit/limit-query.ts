import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../data/client.ts'

export const limitQuery = queryOptions({
  queryKey: ['interaction-limit'],
  queryFn: () => api.interactionLimit.get(),
  staleTime: 0,
})
