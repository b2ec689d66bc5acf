import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CaseParams, Page, ReportableKind, Static } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { queryClient } from '../../data/query-client.ts'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'

export type CaseName = Static<typeof CaseParams>

export interface QueueFilter {
  state: 'open' | 'closed'
  kind: ReportableKind | 'all'
  mine: boolean
}

const paged = <T>(queryKey: readonly unknown[], read: (cursor: string | undefined) => Promise<Page<T>>) =>
  infiniteQueryOptions({
    queryKey: ['moderation', ...queryKey],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<T>) => page.next_cursor ?? undefined,
    staleTime: 0,
  })

const at = (cursor: string | undefined) => (cursor ? { cursor } : {})

export const casesQuery = ({ state, kind, mine }: QueueFilter) =>
  paged(['cases', state, kind, mine], (cursor) =>
    api.moderation.cases({
      query: { state, ...(kind === 'all' ? {} : { kind }), ...(mine ? { mine } : {}), ...at(cursor) },
    }),
  )
export const appealsQuery = (state: 'open' | 'granted' | 'refused') =>
  paged(['appeals', state], (cursor) => api.moderation.appeals({ query: { state, ...at(cursor) } }))
export const auditQuery = paged(['audit'], (cursor) => api.moderation.audit({ query: at(cursor) }))

const single = <T>(queryKey: readonly unknown[], queryFn: () => Promise<T>) =>
  queryOptions({ queryKey: ['moderation', ...queryKey], queryFn, staleTime: 0 })

export const caseQuery = (params: CaseName) =>
  single(['case', params.kind, params.subject_id], () => api.moderation.case({ params }))
export const memberQuery = (username: string) =>
  single(['member', username], () => api.moderation.member({ params: { username } }))
export const membersQuery = (q: string, only: 'anybody' | 'staff' | 'silenced' | 'suspended') =>
  single(['members', q, only], () =>
    api.moderation.members({ query: { ...(q ? { q } : {}), ...(only === 'anybody' ? {} : { only }) } }),
  )
export const templatesQuery = single(['templates'], () => api.moderation.templates())
export const settingsQuery = single(['settings'], () => api.moderation.settings())
export const bansQuery = single(['bans'], () => api.moderation.bans())
export const wordsQuery = single(['words'], () => api.moderation.words())
export const addressesQuery = single(['addresses'], () => api.security.addresses())
export const securityQuery = single(['security'], () => api.security.settings())
export const threatsQuery = single(['threats'], () => api.security.threats())
export const securityEventsQuery = paged(['security-events'], (cursor) =>
  api.security.events({ query: at(cursor) }),
)
export const numbersQuery = single(['numbers'], () => api.reports.transparency())

/** Something was decided: all that moderators look at may be another. */
export const decided = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['moderation'] })

/** The same, and whoever saved it is told. */
export function saved(): Promise<void> {
  toast(t('doors.saved'))
  return decided()
}
