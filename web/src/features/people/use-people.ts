import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { idsOf } from '../../api/posts.ts'
import { useLiveIds } from '../../entities/entities.ts'
import type { userList } from './people-lists.ts'

type UserList = ReturnType<typeof userList>

/** The members of a paged list, as far as it has been read, and the query that reads on. */
export function usePeople(list: UserList) {
  const query = useInfiniteQuery(list)
  const ids = useLiveIds(
    'users',
    useMemo(() => idsOf(query.data), [query.data]),
  )
  return { query, ids }
}
