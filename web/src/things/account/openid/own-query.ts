import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../data/client.ts'

/** Whether the member can log in at the other place. */
export const ownOpenIdQuery = queryOptions({ queryKey: ['openid'], queryFn: () => api.openId.get() })
