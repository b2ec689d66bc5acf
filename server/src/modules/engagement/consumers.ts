import type { PostId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import { tellOpenPosts } from './sockets.ts'
import type { EngagementUpkeep } from './upkeep.ts'

/** What facts mean for engagement. */
export const engagementConsumers = (
  upkeep: EngagementUpkeep,
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
    group: 'engagement.reviewed',
    types: ['comment.reviewed'],
    handle: (event) => tellOpenPosts(broadcast, [event]),
  }),
  consumer({
    group: 'engagement',
    types: ['post.deleted'],
    handle: ({ payload }, signal) => upkeep.erasePost(payload.post_id, signal),
  }),
]

const postsOf = (events: readonly { payload: { post_id: PostId } }[]): PostId[] =>
  [...new Set(events.map((event) => event.payload.post_id))].sort()
