import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import type { ReelListing } from './listing.ts'

/** What facts about posts mean for the lists of reels. */
export const reelConsumers = (listing: Pick<ReelListing, 'list' | 'erase'>): Consumer[] => [
  consumer({
    group: 'reels',
    types: ['post.published', 'post.edited', 'post.archived', 'post.restored', 'post.deleted'],
    async handle({ type, payload: { post_id, author_id } }) {
      if (type === 'post.deleted') await listing.erase({ post_id, author_id })
      else await listing.list([post_id])
    },
  }),
]
