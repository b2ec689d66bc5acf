import type { InfiniteData } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLiveIds } from './entities/entities.ts'
import type { Ids, Kind } from './entities/types.ts'
import { type IdPage, idsOf } from './posts.ts'

/** Ids of a paged list, as far as it has been read, without what has ceased to exist since. */
export function useListedIds<K extends Kind>(
  kind: K,
  list: InfiniteData<IdPage<Ids[K]>> | undefined,
): Ids[K][] {
  return useLiveIds(
    kind,
    useMemo(() => idsOf(list), [list]),
  )
}
