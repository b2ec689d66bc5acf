import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { api } from '../../api/client.ts'
import { idsOf } from '../../api/posts.ts'
import { useIsPhone } from '../../app/viewport.ts'
import { useLiveIds } from '../../entities/entities.ts'
import { t } from '../../messages.ts'
import { Loupe } from '../../ui/drawings/Loupe.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { LoadError } from '../frame/LoadError.tsx'
import narrow from '../frame/Narrow.module.css'
import { ScreenHead } from '../frame/ScreenHead.tsx'
import { estimateUser, keyOfUser, PeopleSkeleton } from '../people/PeopleRows.tsx'
import { Person } from '../people/Person.tsx'
import { peopleByPrefix } from '../people/people-lists.ts'
import { Suggestions } from '../people/Suggestions.tsx'
import styles from './SearchScreen.module.css'
import { TagRow } from './TagRow.tsx'
import { tagOf } from './tag-of.ts'

const PAUSE_MS = 160

/** What is typed goes into the address, so that going back finds it again. */
export default function SearchScreen() {
  const { q = '' } = useSearch({ from: '/frame/member/search' })
  const navigate = useNavigate()
  const router = useRouter()
  const phone = useIsPhone()
  const [text, setText] = useState(q)
  useEffect(() => {
    const timer = setTimeout(() => {
      const next = text.trim()
      // A result was followed meanwhile: its screen may still be loading.
      const leaving = router.latestLocation.pathname !== '/search'
      if (next !== q && !leaving)
        void navigate({ to: '/search', search: next ? { q: next } : {}, replace: true })
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, q, navigate, router])
  const tag = tagOf(text)
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && text.trim().startsWith('#') && tag)
      void navigate({ to: '/tags/$tag', params: { tag } })
  }
  return (
    <div className={narrow.screen}>
      <ScreenHead title={t('search.title')} />
      <div className={styles.field}>
        <SearchField
          label={t('search.label')}
          value={text}
          onChange={setText}
          onKeyDown={handleKey}
          autoFocus={!phone}
        />
      </div>
      <div className={styles.results}>
        {tag && <Tags tag={tag} q={q} />}
        {q && !q.startsWith('#') && <People q={q} />}
        {!text.trim() && <Idle />}
      </div>
    </div>
  )
}

function Idle() {
  return (
    <>
      <EmptyState drawing={<Loupe />} title={t('search.idle')} text={t('search.idleText')} />
      <Suggestions limit={10} />
    </>
  )
}

/** The tag as it is typed, and those that begin so. */
function Tags({ tag, q }: { tag: string; q: string }) {
  const found = useQuery({
    queryKey: ['tags', 'prefix', q],
    queryFn: ({ signal }) => api.findHashtags({ query: { q }, signal }),
    enabled: q !== '',
    placeholderData: (known) => known,
  })
  const shown = q.startsWith('#') ? 10 : 3
  const tags = [...new Set([tag, ...(found.data ?? []).map((each) => each.tag)])]
  return tags.slice(0, shown).map((each) => <TagRow key={each} tag={each} />)
}

function People({ q }: { q: string }) {
  const list = useMemo(() => peopleByPrefix(q), [q])
  const query = useInfiniteQuery({ ...list, placeholderData: (known) => known })
  const ids = useLiveIds(
    'users',
    useMemo(() => idsOf(query.data), [query.data]),
  )
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <>
      <VisuallyHidden live>{t('search.found', { count: ids.length })}</VisuallyHidden>
      {ids.length === 0 ? (
        <EmptyState drawing={<Loupe />} title={t('search.none', { q })} text={t('search.noneText')} />
      ) : (
        <InfiniteList
          label={t('search.results')}
          items={ids}
          keyOf={keyOfUser}
          estimate={estimateUser}
          hasMore={query.hasNextPage}
          loadingMore={query.isFetchingNextPage}
          onMore={query.fetchNextPage}
          render={(id) => <Person userId={id} />}
        />
      )}
    </>
  )
}
