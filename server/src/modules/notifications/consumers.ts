import type { UserId } from '@tintype/contract'
import { type Consumer, consumer, type Event } from '../../engines/event-log/port.ts'
import type { Subjects } from '../subject.ts'
import { changesOf, claimsOf, claimTypes } from './facts.ts'
import { dropEmptyGroups, type GroupName } from './group-store.ts'
import { type ReconcileDeps, reconcile } from './reconcile.ts'
import type { NotificationService } from './service.ts'
import * as store from './store.ts'

const CHUNK = 1000

export interface NotificationEventDeps extends ReconcileDeps {
  subjects: ReconcileDeps['subjects'] & Pick<Subjects, 'endTypes' | 'ended'>
  notifications: Pick<NotificationService, 'tellUnread'>
}

/** In batches: a picture that everybody likes at once costs its author's row in few statements, and few messages. */
export const notificationConsumers = (deps: NotificationEventDeps): Consumer[] => [
  consumer({
    group: 'notifications',
    urgency: 'soon',
    types: [
      ...new Set([...claimTypes(deps.notices), ...deps.subjects.endTypes()]),
      'user.blocked',
      'user.privacy_changed',
    ],
    batch: 200,
    async handleBatch(events, signal) {
      const claims = events.flatMap((event) => claimsOf(deps.notices, event))
      // First what is told, then what is erased: what was erased since is not told, as it is no longer true.
      const touched = await reconcile(deps, claims)
      for (const event of events) for (const id of await erase(deps, event, signal)) touched.add(id)
      await deps.notifications.tellUnread(touched)
    },
  }),
]

/** Answers whose notifications may have become fewer. */
async function erase(deps: NotificationEventDeps, event: Event, signal: AbortSignal): Promise<UserId[]> {
  const { db, subjects } = deps
  const { type, payload } = event
  if (type === 'user.privacy_changed') return store.recipientsOf(db.query, payload.user_id, CHUNK)
  if (type === 'user.blocked') {
    const { blocker_id, blocked_id } = payload
    await forget(deps, await store.removeBetween(db.query, blocker_id, blocked_id))
    return [blocker_id, blocked_id]
  }
  const ended = subjects.ended(event)
  if (ended.length === 0) return []
  return eraseAll(deps, (limit) => store.removeSomeOf(db.query, ended, limit), signal)
}

/** All that a member was told or did; those who were told of it see fewer. */
export async function eraseMember(
  deps: NotificationEventDeps,
  member: UserId,
  signal: AbortSignal,
): Promise<void> {
  const { db, notifications } = deps
  const touched = await eraseAll(deps, (limit) => store.removeSomeOfMember(db.query, member, limit), signal)
  await notifications.tellUnread(new Set(touched))
}

async function eraseAll(
  deps: NotificationEventDeps,
  some: (limit: number) => Promise<GroupName[]>,
  signal: AbortSignal,
): Promise<UserId[]> {
  const touched = new Set<UserId>()
  for (;;) {
    const gone = await some(CHUNK)
    await forget(deps, gone)
    for (const { user_id } of gone) touched.add(user_id)
    if (gone.length < CHUNK) return [...touched]
    signal.throwIfAborted()
  }
}

/** What stood in these groups is gone; what was shown of it elsewhere goes too. */
async function forget({ db, outbox }: NotificationEventDeps, names: readonly GroupName[]): Promise<void> {
  if (names.length === 0) return
  await db.tx(async (tx) => {
    await dropEmptyGroups(tx, names)
    await outbox.append(tx, changesOf([], names))
  })
}
