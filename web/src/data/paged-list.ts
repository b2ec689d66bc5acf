import {
  hashKey,
  type InfiniteData,
  infiniteQueryOptions,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query'
import type { Page } from '@tintype/contract'
import { useCallback, useMemo } from 'react'
import { useLiveIds } from './entities/entities.ts'
import type { Ids, Kind } from './entities/types.ts'
import { queryClient } from './query-client.ts'

/** A page of a list: ids only; the things are in the entity store. */
export interface IdPage<I extends string> {
  ids: I[]
  next_cursor: string | null
}

export interface PageQuery {
  cursor?: string | undefined
  limit: number
}

export type FetchPage<T> = (query: PageQuery, signal: AbortSignal) => Promise<Page<T>>

interface ListOf<K extends Kind, T> {
  kind: K
  key: readonly string[]
  limit: number
  fetchPage: FetchPage<T>
  /** Puts what came into the entity store. */
  ingest: (items: readonly T[]) => Ids[K][]
  /** Milliseconds. */
  staleTime?: number
}

declare module '@tanstack/react-query' {
  interface Register {
    queryMeta: { readPage?: (cursor: string | null, signal: AbortSignal) => Promise<IdPage<string>> }
  }
}

/** Reading a list anew reads all its pages, one after the other: a long one stays as it was read. */
const SHORT = 3
const isShort = ({ state }: { state: { data?: { pages: readonly unknown[] } | undefined } }): boolean =>
  (state.data?.pages.length ?? 0) <= SHORT

/** A paged list under a key that begins with its kind. */
export function pagedList<K extends Kind, T>({
  kind,
  key,
  limit,
  fetchPage,
  ingest,
  staleTime,
}: ListOf<K, T>) {
  const readPage = async (cursor: string | null, signal: AbortSignal): Promise<IdPage<Ids[K]>> => {
    const page = await fetchPage({ cursor: cursor ?? undefined, limit }, signal)
    return { ids: ingest(page.items), next_cursor: page.next_cursor }
  }
  return infiniteQueryOptions({
    queryKey: [kind as string, ...key],
    queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    meta: { readPage },
    refetchOnMount: isShort,
    refetchOnReconnect: isShort,
    ...(staleTime === undefined ? {} : { staleTime }),
  })
}

export type PagedList<K extends Kind> = ReturnType<typeof pagedList<K, unknown>>

/** Ids of all pages loaded so far. */
export const idsOf = <I extends string>(list: InfiniteData<IdPage<I>> | undefined): I[] =>
  list?.pages.flatMap((page) => page.ids) ?? []

/** A paged list as far as it has been read, without what has ceased to exist since; `more` is what draws it on. */
export function usePaged<K extends Kind>(kind: K, list: PagedList<K>) {
  const query = useInfiniteQuery(list)
  const { data } = query
  const ids = useLiveIds(
    kind,
    useMemo(() => idsOf(data), [data]),
  )
  return { query, ids, more: useMore(query, list.queryKey) }
}

type Growing = Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>

/** How a list goes on; asking for more while more is on its way asks for nothing, even before anything shows that it is. */
export function useMore(
  { hasNextPage, isFetchingNextPage, fetchNextPage }: Growing,
  queryKey: readonly string[],
) {
  const name = hashKey(queryKey)
  const onMore = useCallback(() => {
    const state = queryClient.getQueryCache().get(name)?.state
    if (state?.fetchStatus !== 'fetching' || !state.fetchMeta?.fetchMore) void fetchNextPage()
  }, [name, fetchNextPage])
  return { hasMore: hasNextPage, loadingMore: isFetchingNextPage, onMore }
}
