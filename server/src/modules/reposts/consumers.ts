import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { RepostUpkeep } from './upkeep.ts'

/** What facts mean for reposts. */
export const repostConsumers = (upkeep: RepostUpkeep): Consumer[] => [
  consumer({
    group: 'reposts.counters',
    types: ['post.reposted', 'post.unreposted'],
    batch: 500,
    handleBatch: (events, signal) =>
      upkeep.count([...new Set(events.map(({ payload }) => payload.post_id))].sort(), signal),
  }),
  consumer({
    group: 'reposts.blocks',
    types: ['user.blocked'],
    handle: ({ payload }, signal) => upkeep.parted(payload.blocker_id, payload.blocked_id, signal),
  }),
  consumer({
    group: 'reposts.erasure',
    types: ['post.deleted'],
    handle: ({ payload }, signal) => upkeep.erasePost(payload.post_id, signal),
  }),
]
