import { useQuery } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { usePaged } from '../../data/paged-list.ts'
import { t } from '../../kit/messages.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import { peopleByPrefix } from '../../things/people/people-lists.ts'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { TagRow } from './TagRow.tsx'
import { tagOf } from './tag-of.ts'

/** How many tags stand above the people; alone, where only tags are asked for. */
const TAGS_ABOVE = 3
const TAGS_ALONE = 10

/** Tags, then people; shown together, so that neither pushes the other down. What was found before stays meanwhile. */
export function Results({ q }: { q: string }) {
  const onlyTags = q.startsWith('#')
  const tags = useTags(q, onlyTags ? TAGS_ALONE : TAGS_ABOVE)
  const people = usePaged('users', {
    ...peopleByPrefix(q),
    enabled: !onlyTags,
    placeholderData: (known) => known,
  })
  const { query, ids } = people
  if (tags.isPending || (query.isPending && !onlyTags)) return <PeopleSkeleton rows={4} />
  const rows = tags.tags.map((tag) => <TagRow key={tag} tag={tag} />)
  if (onlyTags && rows.length > 0) return rows
  if (onlyTags)
    return <EmptyState drawing={<Loupe />} title={t('search.noTag', { q })} text={t('search.noTagText')} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <>
      {rows}
      <VisuallyHidden live>{t('search.found', { count: ids.length })}</VisuallyHidden>
      {ids.length === 0 ? (
        <EmptyState drawing={<Loupe />} title={t('search.none', { q })} text={t('search.noneText')} />
      ) : (
        <PeopleRows label={t('search.results')} people={people} render={(id) => <Person userId={id} />} />
      )}
    </>
  )
}

/** The tags that begin so, the typed one first where posts have it. */
function useTags(q: string, most: number) {
  const tag = tagOf(q)
  const found = useQuery({
    queryKey: ['tags', 'prefix', q],
    queryFn: ({ signal }) => api.posts.findHashtags({ query: { q }, signal }),
    enabled: tag !== undefined,
    placeholderData: (known) => known,
  })
  const tags = (tag === undefined ? [] : (found.data ?? [])).map((each) => each.tag).slice(0, most)
  return { tags, isPending: tag !== undefined && found.isPending }
}
