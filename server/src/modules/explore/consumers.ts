import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { Tastes } from './tastes.ts'
import type { ExploreUpkeep } from './upkeep.ts'

/** What facts mean for explore. */
export const exploreConsumers = (tastes: Tastes, upkeep: ExploreUpkeep): Consumer[] => [
  consumer({
    group: 'explore.tastes',
    urgency: 'last',
    types: ['post.liked', 'post.unliked', 'comment.created', 'post.saved', 'post.unsaved'],
    batch: 500,
    async handleBatch(events) {
      await tastes.note(
        events.map(({ type, payload: { user_id, post_id } }) => ({
          user_id,
          post_id,
          kind: type === 'comment.created' ? 'comment' : type.endsWith('saved') ? 'save' : 'like',
          stands: type !== 'post.unliked' && type !== 'post.unsaved',
        })),
      )
    },
  }),
  consumer({
    group: 'explore.posts',
    types: ['post.published', 'post.edited', 'post.deleted'],
    async handle({ type, payload: { post_id } }) {
      if (type === 'post.deleted') await upkeep.erasePost(post_id)
      else await upkeep.placePosts([post_id])
    },
  }),
]
