import { hashtagsOf } from '@tintype/contract'
import type { Clock } from '../../kit/clock.ts'
import { dayOf, idTime, newId } from '../../kit/ids.ts'
import { isForAll, type StoredPost } from './store.ts'

/** What it is listed under. */
export const tagsOf = (post: Pick<StoredPost, 'facets' | 'comment_tags' | 'circles'>): string[] =>
  isForAll(post) ? [...new Set([...hashtagsOf(post.facets), ...post.comment_tags])] : []

/** What lists and counts a post as published, or not any more. */
export const listingOf = (post: StoredPost, clock: Clock) => ({
  day: dayOf(idTime(post.post_id)),
  tags: tagsOf(post),
  change_id: newId<string>(clock),
})
export type Listing = ReturnType<typeof listingOf>
