import { type InfiniteData, infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '@tintype/contract'
import { useMemo } from 'react'
import { useLiveIds } from './entities/entities.ts'
import type { Ids, Kind } from './entities/types.ts'

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
  const { data, hasNextPage: hasMore, isFetchingNextPage: loadingMore, fetchNextPage: onMore } = query
  const ids = useLiveIds(
    kind,
    useMemo(() => idsOf(data), [data]),
  )
  return { query, ids, more: { hasMore, loadingMore, onMore } }
}
