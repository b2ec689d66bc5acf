import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/client.ts'
import { idsOf } from '../../api/posts.ts'
import { useLiveIds } from '../../entities/entities.ts'
import { t } from '../../messages.ts'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import { LoadError } from '../frame/LoadError.tsx'
import { estimateUser, keyOfUser, PeopleSkeleton } from '../people/PeopleRows.tsx'
import { Person } from '../people/Person.tsx'
import { userList } from '../people/people-lists.ts'

const blocked = userList(['blocked'], (query, signal) => api.blocked({ query, signal }))

export function BlockedSection() {
  const query = useInfiniteQuery({ ...blocked, staleTime: 0 })
  const ids = useLiveIds(
    'users',
    useMemo(() => idsOf(query.data), [query.data]),
  )
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('blocked.empty')} text={t('blocked.emptyText')} />
  return (
    <InfiniteList
      label={t('settings.blocked')}
      items={ids}
      keyOf={keyOfUser}
      estimate={estimateUser}
      hasMore={query.hasNextPage}
      loadingMore={query.isFetchingNextPage}
      onMore={query.fetchNextPage}
      render={(id) => <Person userId={id} />}
    />
  )
}
