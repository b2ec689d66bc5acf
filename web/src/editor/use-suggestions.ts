import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { UserListEntry } from '@tintype/contract'
import { api } from '../data/client.ts'
import { entities } from '../data/entities/entities.ts'
import { useMember } from '../data/member.ts'
import { useRested } from '../kit/use-rested.ts'
import { rankTags, type TextToken } from './text-token.ts'

export type Suggestion =
  | { kind: 'mention'; value: string; user: UserListEntry }
  | { kind: 'hashtag'; value: string }

const SHOWN = 5

/** Members whose name begins so, or tags: those the member or the posts on this page have used first, then everybody's. */
export function useSuggestions(token: TextToken | undefined): readonly Suggestion[] {
  const name = useRested(token?.kind === 'mention' ? token.query : '')
  const members = useQuery({
    queryKey: ['editor', 'members', name],
    queryFn: ({ signal }) =>
      api.search.autocomplete({ query: { q: name, type: 'users', limit: SHOWN }, signal }),
    enabled: name !== '',
    select: (hits) => hits.flatMap((hit) => (hit.type === 'user' ? hit.user : [])),
  })
  const ownTags = useOwnTags(token?.kind === 'hashtag')
  const tags = useTags(useRested(token?.kind === 'hashtag' ? token.query : ''))
  if (!token) return []
  if (token.kind === 'hashtag')
    return [
      ...new Set([
        ...rankTags([...ownTags, ...tagsOnPage()], token.query, SHOWN),
        ...rankTags(tags, token.query, SHOWN),
      ]),
    ]
      .slice(0, SHOWN)
      .map((value) => ({ kind: 'hashtag', value }))
  if (token.query === '') return []
  return (members.data ?? []).map((user) => ({
    kind: 'mention',
    value: user.username,
    user,
  }))
}

const OWN_POSTS = 30

/** Tags of the member's latest posts, asked for once a tag is being written. */
function useOwnTags(enabled: boolean): string[] {
  const { username } = useMember()
  const own = useQuery({
    queryKey: ['editor', 'own-tags', username],
    queryFn: ({ signal }) => api.feed.user({ params: { username }, query: { limit: OWN_POSTS }, signal }),
    enabled,
    staleTime: 5 * 60_000,
    select: ({ items }) =>
      items.flatMap(({ facets }) => facets.flatMap((facet) => (facet.type === 'hashtag' ? facet.tag : []))),
  })
  return own.data ?? []
}

function useTags(q: string): string[] {
  const found = useQuery({
    queryKey: ['editor', 'tags', q],
    queryFn: ({ signal }) => api.search.autocomplete({ query: { q, type: 'hashtags' }, signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    select: (hits) => hits.flatMap((hit) => (hit.type === 'hashtag' ? hit.tag : [])),
  })
  return found.data ?? []
}

function tagsOnPage(): string[] {
  return entities
    .find('posts', () => true)
    .flatMap((id) => entities.get('posts', id)?.facets ?? [])
    .flatMap((facet) => (facet.type === 'hashtag' ? facet.tag : []))
}
