import type { PostId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import { tellOpenPosts } from './sockets.ts'
import type { Tallies } from './tallies.ts'
import type { EngagementUpkeep } from './upkeep.ts'

/** What facts mean for engagement. */
export const engagementConsumers = (
  upkeep: EngagementUpkeep,
  tallies: Tallies,
  broadcast: Pick<Broadcast, 'publish'>,
): Consumer[] => [
  consumer({
    group: 'engagement.counters',
    types: [
      'post.liked',
      'post.unliked',
      'comment.created',
      'comment.deleted',
      'comment.liked',
      'comment.unliked',
    ],
    batch: 500,
    async handleBatch(events) {
      await upkeep.count(
        postsOf(events),
        postsOf(events.filter((event) => event.type.startsWith('comment.'))),
      )
      await tellOpenPosts(broadcast, events)
    },
  }),
  consumer({
    group: 'engagement',
    types: ['post.deleted'],
    handle: ({ payload }, signal) => upkeep.erasePost(payload.post_id, signal),
  }),
  // For a process that died between the commit of a deed and its own forgetting.
  consumer({
    group: 'engagement.deeds',
    types: ['post.liked', 'post.unliked', 'post.saved', 'post.unsaved'],
    batch: 500,
    handleBatch: (events) => tallies.forgetDeeds(events.map((event) => event.payload.user_id)),
  }),
]

const postsOf = (events: readonly { payload: { post_id: PostId } }[]): PostId[] =>
  [...new Set(events.map((event) => event.payload.post_id))].sort()
