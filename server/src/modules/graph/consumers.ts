import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { GraphUpkeep } from './upkeep.ts'

/** What facts mean for the graph. */
export const graphConsumers = (upkeep: GraphUpkeep): Consumer[] => [
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
]
