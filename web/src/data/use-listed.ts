import type { InfiniteData } from '@tanstack/react-query'
import type { PostId } from '@tintype/contract'
import { useEffect } from 'react'
import { entities, useEntity } from './entities/entities.ts'
import type { Ids, Kind, Tables } from './entities/types.ts'
import type { IdPage } from './paged-list.ts'
import { refreshPost } from './posts.ts'
import { isPassing, queryClient } from './query-client.ts'

/** A thing of a list. Where the store has let go of it, its page is read again, and it is undefined until then. */
export function useListed<K extends Kind>(kind: K, id: Ids[K] | undefined): Tables[K] | undefined {
  const entity = useEntity(kind, id)
  const isMissing = entity === undefined
  useEffect(() => {
    if (id && isMissing && !entities.isGone(kind, id)) readAgain(kind, id).catch(() => undefined)
  }, [isMissing, kind, id])
  return entity
}

const RETRIES = 3

async function readAgain(kind: Kind, id: string): Promise<void> {
  for (const { meta, queryKey, queryHash } of queryClient.getQueryCache().findAll({ queryKey: [kind] })) {
    const list = queryClient.getQueryData<InfiniteData<IdPage<Ids[Kind]>, string | null>>(queryKey)
    const at = meta?.readPage ? (list?.pages.findIndex(({ ids }) => ids.some((one) => one === id)) ?? -1) : -1
    const page = list?.pages[at]
    if (!page) continue
    await queryClient.fetchQuery({
      // All that is missing of a page is read at once.
      queryKey: ['again', queryHash, at],
      queryFn: async ({ signal }) => {
        await meta?.readPage?.(list?.pageParams[at] ?? null, signal)
        await readOthers(kind, page.ids)
        return true
      },
      staleTime: 0,
      gcTime: 0,
      retry: (failures, error) => failures < RETRIES && isPassing(error),
    })
    return
  }
}

/** What the page no longer has stays where the reader saw it, as long as it exists. */
async function readOthers(kind: Kind, ids: readonly Ids[Kind][]): Promise<void> {
  const others = ids.filter((id) => !entities.get(kind, id) && !entities.isGone(kind, id))
  if (kind === 'posts') await Promise.all(others.map((id) => refreshPost(id as PostId)))
  else for (const id of others) entities.remove<Kind>(kind, id)
}
