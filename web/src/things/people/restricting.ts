import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import type { UserEntity } from '../../data/entities/types.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { toast } from '../../ui/toast.ts'
import { userList } from './people-lists.ts'
import { t } from './restrict-messages.ts'

export const restrictedList = {
  ...userList(['restricted'], (query, signal) => api.graph.restricted({ query, signal })),
  staleTime: 0,
}

/** Says that it is so: nothing else on the screen shows it. */
export async function setRestricting(
  { user_id, username }: Pick<UserEntity, 'user_id' | 'username'>,
  want: boolean,
): Promise<void> {
  try {
    const viewer = await api.graph[want ? 'restrict' : 'unrestrict']({ params: { username } })
    entities.patch('users', user_id, { viewer })
    toast(t(want ? 'restrict.done' : 'restrict.undone'))
    await queryClient.invalidateQueries({ queryKey: restrictedList.queryKey })
  } catch (error) {
    reportError(error)
  }
}
