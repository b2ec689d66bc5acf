import { type Facet, limits, parseFacets, TintypeError, type UserId } from '@tintype/contract'

interface FacetDeps {
  users: { byUsernames(names: readonly string[]): Promise<Map<string, { user_id: UserId }>> }
  graph: { standing(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, string>> }
}

/**
 * The links of a text. A name becomes a mention where its member exists for the writer: one who blocks the writer
 * stays plain text, like one who does not exist. Rejects with `too_many_tags`.
 */
export async function resolveFacets(deps: FacetDeps, writerId: UserId, text: string): Promise<Facet[]> {
  const raw = parseFacets(text)
  const names = raw.flatMap((facet) => (facet.type === 'mention' ? [facet.username] : []))
  const hashtags = raw.length - names.length
  if (hashtags > limits.hashtagsPerCaption || names.length > limits.mentionsPerCaption)
    throw new TintypeError('too_many_tags')
  if (names.length === 0) return raw.filter((facet) => facet.type === 'hashtag')
  const named = await deps.users.byUsernames([...new Set(names)])
  const standing = await deps.graph.standing(
    writerId,
    [...named.values()].map((user) => user.user_id),
  )
  return raw.flatMap((facet): Facet[] => {
    if (facet.type === 'hashtag') return [facet]
    const user = named.get(facet.username)
    return user && standing.get(user.user_id) !== 'hidden' ? [{ ...facet, user_id: user.user_id }] : []
  })
}

/** Whom a text mentions, each once. */
export const mentionedIn = (facets: readonly Facet[]): UserId[] => [
  ...new Set(facets.flatMap((facet) => (facet.type === 'mention' ? [facet.user_id] : []))),
]
