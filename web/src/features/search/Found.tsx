import { useQuery } from '@tanstack/react-query'
import type { NamedHit } from '@tintype/contract'
import type { ReactNode } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { GridSkeleton } from '../../things/grid/GridSkeleton.tsx'
import { PostGrid } from '../../things/grid/PostGrid.tsx'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import { peopleNamed } from '../../things/people/people-lists.ts'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './Found.module.css'
import { HitRow, keyOfHit } from './HitRow.tsx'
import { t } from './messages.ts'
import { keepRecent, labelsLike, namesLike, postsLike } from './search-lists.ts'

export const tabs = ['top', 'users', 'posts', 'hashtags', 'places'] as const
export type Tab = (typeof tabs)[number]

/** What was found for a text, of one kind. What was found before stays until there is something new. */
export function Found({ q, tab }: { q: string; tab: Tab }) {
  if (tab === 'users') return <FoundPeople q={q} />
  if (tab === 'posts') return <FoundPosts q={q} none={<None title={t('search.noPosts', { q })} />} />
  if (tab === 'top') return <FoundTop q={q} />
  return <FoundLabels q={q} type={tab} />
}

function FoundTop({ q }: { q: string }) {
  const names = useQuery({ ...namesLike(q), placeholderData: (known) => known })
  if (names.isPending) return <PeopleSkeleton rows={4} />
  if (names.isError && !names.data) return <LoadError error={names.error} onRetry={names.refetch} />
  const hits = names.data
  return (
    <>
      <Rows hits={hits} />
      <FoundPosts q={q} none={hits.length > 0 ? null : <None title={t('search.none', { q })} />} />
    </>
  )
}

function FoundPeople({ q }: { q: string }) {
  const list = peopleNamed(q)
  const people = usePaged('users', { ...list, placeholderData: (known) => known })
  const { query, ids } = people
  if (query.isPending) return <PeopleSkeleton rows={6} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0) return <None title={t('search.noUsers', { q })} />
  return (
    <div className={styles.rows}>
      <Count count={ids.length} />
      <PeopleRows
        label={t('search.results')}
        people={people}
        memory={list.queryKey.join('/')}
        render={(id) => <Person userId={id} onOpen={() => keepRecent({ q })} />}
      />
    </div>
  )
}

function FoundPosts({ q, none }: { q: string; none: ReactNode }) {
  const list = postsLike(q)
  const { query, ids, more } = usePaged('posts', { ...list, placeholderData: (known) => known })
  if (query.isPending) return <GridSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0 && !query.hasNextPage) return none
  return (
    <div className={styles.posts}>
      <Count count={ids.length} />
      <PostGrid
        label={t('search.posts')}
        ids={ids}
        memory={list.queryKey.join('/')}
        {...more}
        placeholder={<GridSkeleton tiles={3} />}
      />
    </div>
  )
}

function FoundLabels({ q, type }: { q: string; type: 'hashtags' | 'places' }) {
  const found = useQuery({ ...labelsLike(q, type), placeholderData: (known) => known })
  if (found.isPending) return <PeopleSkeleton rows={4} />
  if (found.isError && !found.data) return <LoadError error={found.error} onRetry={found.refetch} />
  const title = type === 'hashtags' ? t('search.noHashtags', { q }) : t('search.noPlaces', { q })
  return found.data.length > 0 ? <Rows hits={found.data} /> : <None title={title} />
}

function Rows({ hits }: { hits: readonly NamedHit[] }) {
  if (hits.length === 0) return null
  return (
    <>
      <Count count={hits.length} />
      <ul aria-label={t('search.results')} className={styles.rows}>
        {hits.map((hit) => (
          <li key={keyOfHit(hit)}>
            <HitRow hit={hit} />
          </li>
        ))}
      </ul>
    </>
  )
}

const Count = ({ count }: { count: number }) => (
  <VisuallyHidden live>{t('search.found', { count })}</VisuallyHidden>
)

function None({ title }: { title: string }) {
  return <EmptyState drawing={<Loupe />} title={title} text={t('search.noneText')} />
}
