import { hashtagsOf } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'
import { dayOf, idTime, newId } from '../../kit/ids.ts'
import type { StoredPost } from './store.ts'

export const tagsOf = ({ facets, comment_tags }: Pick<StoredPost, 'facets' | 'comment_tags'>): string[] => [
  ...new Set([...hashtagsOf(facets), ...comment_tags]),
]

/** What lists and counts a post as published, or not any more. */
export const listingOf = (post: StoredPost, clock: Clock) => ({
  day: dayOf(idTime(post.post_id)),
  tags: tagsOf(post),
  change_id: newId<string>(clock),
})
export type Listing = ReturnType<typeof listingOf>
