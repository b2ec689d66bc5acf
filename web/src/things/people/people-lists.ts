import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Page, UserId, UserListEntry } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import type { IdPage } from '../../data/posts.ts'

type FetchPage = (
  query: { cursor?: string; limit: number },
  signal: AbortSignal,
) => Promise<Page<UserListEntry>>

const PAGE = 30

/** A paged list of members under a key that begins with `users`. */
export function userList(key: readonly string[], fetchPage: FetchPage) {
  return infiniteQueryOptions({
    queryKey: ['users', ...key],
    queryFn: async ({ pageParam, signal }): Promise<IdPage<UserId>> => {
      const page = await fetchPage({ cursor: pageParam ?? undefined, limit: PAGE }, signal)
      return { ids: ingestUsers(page.items), next_cursor: page.next_cursor }
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
}

export type PeopleList = 'followers' | 'following' | 'mutual'

export const peopleOf = (username: string, list: PeopleList, q: string) =>
  userList([username, list, q], (query, signal) =>
    api.graph[list]({ params: { username }, query: { ...query, ...(q ? { q } : {}) }, signal }),
  )

export const peopleByPrefix = (q: string) =>
  userList(['prefix', q], (query, signal) => api.members.find({ query: { ...query, q }, signal }))

export const suggestedQuery = (limit: number) =>
  queryOptions({
    queryKey: ['users', 'suggested', limit],
    queryFn: async () => ingestUsers(await api.members.suggested({ query: { limit } })),
    staleTime: 10 * 60_000,
  })
