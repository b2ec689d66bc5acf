import type { UserId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import type { Suggested } from './people-lists.ts'

const queryKey = ['users', 'suggested']

/** Gone at once, for good; back where it fails. */
export async function dismissSuggestion(userId: UserId, username: string): Promise<void> {
  const before = queryClient.getQueriesData<Suggested>({ queryKey })
  queryClient.setQueriesData<Suggested>({ queryKey }, (known) =>
    known?.filter(({ user_id }) => user_id !== userId),
  )
  try {
    await api.explore.dismissSuggestion({ params: { username } })
  } catch (error) {
    for (const [key, known] of before) queryClient.setQueryData(key, known)
    reportError(error)
  }
}
