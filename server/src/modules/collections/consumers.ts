import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { CollectionsUpkeep } from './upkeep.ts'

/** What facts mean for collections. */
export const collectionConsumers = (upkeep: CollectionsUpkeep): Consumer[] => [
  consumer({
    group: 'collections.saves',
    types: ['post.unsaved'],
    handle: ({ payload }) => upkeep.unsaved(payload.user_id, payload.post_id),
  }),
  consumer({
    group: 'collections.blocks',
    types: ['user.blocked'],
    handle: ({ payload }) => upkeep.parted(payload.blocker_id, payload.blocked_id),
  }),
  consumer({
    group: 'collections.erasure',
    types: ['post.deleted', 'collection.deleted'],
    handle: ({ payload }, signal) => upkeep.erasePosts(payload, signal),
  }),
]
