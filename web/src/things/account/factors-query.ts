import { queryOptions } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'

/** By what the member can prove that it is them. */
export const factorsQuery = queryOptions({ queryKey: ['factors'], queryFn: () => api.factors.get() })

export const readFactorsAgain = () => queryClient.invalidateQueries({ queryKey: factorsQuery.queryKey })
