import type { EventType } from '@tintype/contract'
import type { Event } from '../../engines/event-log/port.ts'
import type { NewEvent } from '../../engines/outbox/port.ts'
import type { Claim, Fact, Notices } from '../notice.ts'
import { subjectKey } from '../subject.ts'
import type { GroupName } from './group-store.ts'

export interface DatedClaim extends Claim {
  /** Milliseconds since 1970. */
  at: number
}

/** The events that say something to any module's notices. */
export const claimTypes = (notices: readonly Notices[]): EventType[] => [
  ...new Set(notices.flatMap(({ on }) => Object.keys(on) as EventType[])),
]

/** What an event says about notifications. Nobody is told of what they did themselves. */
export const claimsOf = (notices: readonly Notices[], event: Event): DatedClaim[] =>
  notices.flatMap(({ on, faceless }) => {
    const claims = on[event.type] as ((payload: Event['payload']) => Claim[]) | undefined
    return (claims?.(event.payload) ?? [])
      .filter(({ fact }) => fact.user_id !== fact.actor_id || faceless?.includes(fact.type))
      .map((claim) => ({ ...claim, at: event.at }))
  })

/** The same for the same fact. */
export const factKey = (f: Fact): string => `${f.user_id} ${f.type} ${f.actor_id} ${subjectKey(f.subject)}`

/** One fact for each member whose notices changed. */
export function changesOf(begun: readonly GroupName[], ended: readonly GroupName[]): NewEvent[] {
  const members = new Set([...begun, ...ended].map(({ user_id }) => user_id))
  const of = (names: readonly GroupName[], member: string) => [
    ...new Set(names.filter(({ user_id }) => user_id === member).map(({ group_id }) => group_id)),
  ]
  return [...members].map((user_id) => ({
    type: 'notifications.changed',
    payload: { user_id, begun: of(begun, user_id), ended: of(ended, user_id) },
  }))
}
