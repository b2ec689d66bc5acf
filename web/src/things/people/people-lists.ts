import { queryOptions } from '@tanstack/react-query'
import type { SuggestedPerson, UserListEntry } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { ingestUsers } from '../../data/entities/ingest.ts'
import { type FetchPage, pagedList } from '../../data/paged-list.ts'

const PAGE = 30

export const userList = (key: readonly string[], fetchPage: FetchPage<UserListEntry>) =>
  pagedList({ kind: 'users', key, limit: PAGE, fetchPage, ingest: ingestUsers })

export type UserList = ReturnType<typeof userList>

export type PeopleList = 'followers' | 'following' | 'mutual'

export const peopleOf = (username: string, list: PeopleList, q: string) =>
  userList([username, list, q], (query, signal) =>
    api.graph[list]({ params: { username }, query: { ...query, ...(q ? { q } : {}) }, signal }),
  )

/** By words of their name, the last by its beginning. */
export const peopleNamed = (q: string) =>
  userList(['named', q], async (query, signal) => {
    const { items, next_cursor } = await api.search.find({ query: { ...query, q, type: 'users' }, signal })
    return { items: items.flatMap((hit) => (hit.type === 'user' ? hit.user : [])), next_cursor }
  })

export type Suggested = readonly Pick<SuggestedPerson, 'user_id' | 'why'>[]

export const suggestedQuery = (limit: number) =>
  queryOptions({
    queryKey: ['users', 'suggested', limit],
    queryFn: async (): Promise<Suggested> => {
      const people = await api.members.suggested({ query: { limit } })
      ingestUsers(people.map(({ why: _, ...user }) => user))
      return people.map(({ user_id, why }) => ({ user_id, why }))
    },
    staleTime: 10 * 60_000,
  })
