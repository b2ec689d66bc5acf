import { queryOptions } from '@tanstack/react-query'
import type { CircleId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { userList } from '../people/people-lists.ts'

/** One's own, by name. */
export const circlesQuery = queryOptions({
  queryKey: ['circles'],
  queryFn: () => api.circles.list(),
})

export const circleMembers = (circle_id: CircleId) =>
  userList(['circle', circle_id], (query, signal) =>
    api.circles.members({ params: { circle_id }, query, signal }),
  )
