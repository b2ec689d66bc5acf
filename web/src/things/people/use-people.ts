import { useInfiniteQuery } from '@tanstack/react-query'
import { useListedIds } from '../../data/use-listed-ids.ts'
import type { userList } from './people-lists.ts'

type UserList = ReturnType<typeof userList>

/** The members of a paged list, as far as it has been read, and the query that reads on. */
export function usePeople(list: UserList) {
  const query = useInfiniteQuery(list)
  const ids = useListedIds('users', query.data)
  return { query, ids }
}
