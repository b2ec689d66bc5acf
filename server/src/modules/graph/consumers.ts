import type { UserId } from '@tintype/contract'
import { type Consumer, consumer, type Event } from '../../engines/event-log/port.ts'
import type { Circles } from './circles.ts'
import type { GraphUpkeep } from './upkeep.ts'

/** What facts mean for the graph. */
export const graphConsumers = (upkeep: GraphUpkeep, circles: Circles): Consumer[] => [
  consumer({
    group: 'graph.counts',
    types: ['user.followed', 'user.unfollowed'],
    batch: 500,
    async handleBatch(events) {
      const ids = events.flatMap(({ payload }) => [payload.follower_id, payload.followee_id])
      await upkeep.countFollows([...new Set(ids)].sort())
    },
  }),
  consumer({
    group: 'graph',
    types: ['user.privacy_changed', 'user.follow_requested'],
    async handle(event, signal) {
      if (event.type === 'user.privacy_changed') await upkeep.acceptWaiting(event.payload.user_id, signal)
      // Asked while the account went public: the request was not there yet when all were accepted.
      else await upkeep.acceptWaiting(event.payload.followee_id, signal)
    },
  }),
  // For a process that died between its commit and its own `forget`.
  consumer({
    group: 'graph.circles',
    types: [
      'user.followed',
      'user.unfollowed',
      'user.blocked',
      'user.unblocked',
      'user.muted',
      'user.unmuted',
    ],
    batch: 500,
    handleBatch: (events) => circles.forget(events.flatMap(changedBy)),
  }),
]

type CircleFact = Event<
  'user.followed' | 'user.unfollowed' | 'user.blocked' | 'user.unblocked' | 'user.muted' | 'user.unmuted'
>

/** Whose circles a fact has changed. */
function changedBy({ payload }: CircleFact): UserId[] {
  if ('follower_id' in payload) return [payload.follower_id]
  return 'muter_id' in payload ? [payload.muter_id] : [payload.blocker_id, payload.blocked_id]
}
