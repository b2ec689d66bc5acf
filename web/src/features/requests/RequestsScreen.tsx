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
import narrow from '../frame/Narrow.module.css'
import { ScreenHead } from '../frame/ScreenHead.tsx'
import { estimateUser, keyOfUser, PeopleSkeleton } from '../people/PeopleRows.tsx'
import { userList } from '../people/people-lists.ts'
import { RequestRow } from './RequestRow.tsx'

const requests = userList(['requests'], (query, signal) => api.followRequests({ query, signal }))

export default function RequestsScreen() {
  return (
    <div className={narrow.screen}>
      <ScreenHead title={t('requests.title')} back />
      <div className={narrow.body}>
        <Requests />
      </div>
    </div>
  )
}

function Requests() {
  const query = useInfiniteQuery({ ...requests, staleTime: 0 })
  const ids = useLiveIds(
    'users',
    useMemo(() => idsOf(query.data), [query.data]),
  )
  if (query.isPending) return <PeopleSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('requests.empty')} text={t('requests.emptyText')} />
  return (
    <InfiniteList
      label={t('requests.title')}
      items={ids}
      keyOf={keyOfUser}
      estimate={estimateUser}
      hasMore={query.hasNextPage}
      loadingMore={query.isFetchingNextPage}
      onMore={query.fetchNextPage}
      render={(id) => <RequestRow userId={id} />}
    />
  )
}
