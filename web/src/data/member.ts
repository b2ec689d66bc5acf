import { queryOptions, useQuery } from '@tanstack/react-query'
import {
  type Authenticated,
  type Instance,
  type Me,
  summaryOf,
  TintypeError,
  type UserSummary,
} from '@tintype/contract'
import { useRef } from 'react'
import { api } from './client.ts'
import { entities } from './entities/entities.ts'
import { ingestMe } from './entities/ingest.ts'
import { queryClient } from './query-client.ts'
import { endSession } from './session-end.ts'
import { forgetMember, showMember } from './shown-member.ts'
import { readStored, writeStored } from './storage.ts'

type Summary = UserSummary

/** The member as this device remembers them: enough to show the frame and the last feed while offline. */
function remembered(): Me | null {
  try {
    const summary = JSON.parse(readStored('tintype.member') ?? 'null') as Summary | null
    if (!summary) return null
    return {
      ...summary,
      profile_picture_variants: [],
      email: '',
      email_verified: true,
      email_pending: null,
      bio: '',
      link: null,
      privacy_level: summary.is_private ? 'private' : 'public',
      role: 'member',
      unread_notifications: 0,
      follow_requests: 0,
      created_at: new Date(0).toISOString(),
    }
  } catch {
    return null
  }
}

function remember(me: Me): Me {
  showMember(me.user_id)
  storeMember(me)
  ingestMe(me)
  return me
}

/** Whom this device remembers; null: nobody. */
export function storeMember(me: Me | null): void {
  if (!me) forgetMember()
  else {
    writeStored('tintype.session', '1')
    writeStored('tintype.member', JSON.stringify(summaryOf(me)))
  }
}

async function loadMe(): Promise<Me | null> {
  // Visitors are not asked who they are: the answer would be an error each time.
  if (readStored('tintype.session') === null) return null
  try {
    return remember(await api.members.me())
  } catch (error) {
    if (error instanceof TintypeError && error.status === 401) return null
    const known = navigator.onLine ? null : remembered()
    if (known) return known
    throw error
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: loadMe,
  staleTime: 60_000,
  refetchOnWindowFocus: true,
})

export const instanceQuery = queryOptions({
  queryKey: ['instance'],
  queryFn: () => api.community.get(),
  staleTime: 10 * 60_000,
})

/** The member who is logged in; null for a visitor. Loaded before any screen shows. */
export function useMe(): Me | null {
  return useQuery(meQuery).data ?? null
}

/** For screens that only members reach. One whose session ends meanwhile stays theirs until it is left, a moment later. */
export function useMember(): Me {
  const me = useMe()
  const last = useRef(me)
  if (me) last.current = me
  if (!last.current) throw new TintypeError('unauthorized')
  return last.current
}

/** Whether nothing is to ring, and no count to show: the member is in quiet mode. */
export const isQuiet = ({ quiet }: Me): boolean =>
  quiet !== undefined && Date.parse(quiet.from) <= Date.now() && Date.now() < Date.parse(quiet.until)

export const unreadNotices = (me: Me): number => (isQuiet(me) ? 0 : me.unread_notifications)

export function useInstance(): Instance | undefined {
  return useQuery(instanceQuery).data
}

/** `me` is set anew rather than removed: whoever watches it would go on watching the removed one. */
const kept: ReadonlySet<unknown> = new Set([meQuery.queryKey[0], instanceQuery.queryKey[0]])

/** All that was asked for somebody else. */
export function forgetQueries(): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) })
}

/** After register and log-in. */
export function beginSession({ user }: Authenticated): void {
  forgetQueries()
  entities.clear()
  writeStored('tintype.renewed', String(Date.now()))
  setMe(user)
}

/** The member's own record changed: badge, profile, settings. */
export function setMe(me: Me): void {
  queryClient.setQueryData(meQuery.queryKey, remember(me))
}

export function patchMe(patch: Partial<Me>): void {
  const me = queryClient.getQueryData(meQuery.queryKey)
  if (me) queryClient.setQueryData(meQuery.queryKey, { ...me, ...patch })
}

/** Ends the session here even when the server cannot be told. */
export async function logOut(): Promise<void> {
  await api.accounts.logout().catch(() => undefined)
  endSession('logged-out')
}
