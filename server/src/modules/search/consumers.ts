import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Indexing } from './indexing.ts'

const BATCH = 200

/** What facts mean for the index: whom or what they are about is read and written anew. */
export const searchConsumers = (indexing: Pick<Indexing, 'members' | 'posts' | 'postsOf'>): Consumer[] => [
  consumer({
    group: 'search.members',
    types: ['user.registered', 'user.updated', 'user.hidden', 'user.shown', 'user.deleted'],
    batch: BATCH,
    handleBatch: (events) => indexing.members(unique(events.map(({ payload }) => payload.user_id))),
  }),
  // By followers they are ranked; apart, so that a wave of follows keeps no new name waiting.
  consumer({
    group: 'search.followers',
    types: ['user.followed', 'user.unfollowed'],
    batch: BATCH,
    handleBatch: (events) => indexing.members(unique(events.map(({ payload }) => payload.followee_id))),
  }),
  consumer({
    group: 'search.posts',
    types: [
      'post.published',
      'post.edited',
      'post.retagged',
      'post.archived',
      'post.restored',
      'post.deleted',
    ],
    batch: BATCH,
    handleBatch: (events) => indexing.posts(unique(events.map(({ payload }) => payload.post_id))),
  }),
  consumer({
    group: 'search.privacy',
    types: ['user.privacy_changed', 'user.verified_changed', 'user.hidden', 'user.shown'],
    handle: ({ payload }, signal) => indexing.postsOf(payload.user_id, signal),
  }),
]

const unique = <T>(ids: readonly T[]): T[] => [...new Set(ids)]
