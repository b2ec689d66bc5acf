import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLiveIds } from '../../data/entities/entities.ts'
import { idsOf, useMore } from '../../data/paged-list.ts'
import { archiveList } from './story-lists.ts'

/** One's own stories as far as they have been read, without those that were deleted since. */
export function useArchive(onThisDay: boolean) {
  const list = archiveList(onThisDay)
  const query = useInfiniteQuery(list)
  const { data } = query
  const ids = useLiveIds(
    'stories',
    useMemo(() => idsOf(data), [data]),
  )
  return { query, ids, more: useMore(query, list.queryKey) }
}
