import { api } from '../../data/client.ts'
import { usePaged } from '../../data/paged-list.ts'
import { t } from '../../kit/messages.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import narrow from '../../shell/Narrow.module.css'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { userList } from '../../things/people/people-lists.ts'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RequestRow } from './RequestRow.tsx'

const requests = {
  ...userList(['requests'], (query, signal) => api.graph.requests({ query, signal })),
  staleTime: 0,
}

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
  const people = usePaged('users', requests)
  const { query, ids } = people
  if (query.isPending) return <PeopleSkeleton />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('requests.empty')} text={t('requests.emptyText')} />
  return (
    <PeopleRows label={t('requests.title')} people={people} render={(id) => <RequestRow userId={id} />} />
  )
}
