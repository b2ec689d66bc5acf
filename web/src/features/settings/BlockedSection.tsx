import { api } from '../../data/client.ts'
import { usePaged } from '../../data/paged-list.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import { userList } from '../../things/people/people-lists.ts'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { t } from './messages.ts'

const blocked = {
  ...userList(['blocked'], (query, signal) => api.graph.blocked({ query, signal })),
  staleTime: 0,
}

export function BlockedSection() {
  const people = usePaged('users', blocked)
  const { query, ids } = people
  if (query.isPending) return <PeopleSkeleton rows={3} />
  if (query.isError && !query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  if (ids.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('blocked.empty')} text={t('blocked.emptyText')} />
  return <PeopleRows label={t('settings.blocked')} people={people} render={(id) => <Person userId={id} />} />
}
