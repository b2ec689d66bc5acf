import { event } from '../core/events.ts'
import type { PostId, UserId } from '../core/schema.ts'

export const feedEvents = {
  /** One chunk of one post's fan-out: followers whose id is above `after`. */
  'feed.fanout_due': event<{ post_id: PostId; author_id: UserId; after: UserId | null }>((e) => e.post_id),
  /** The rest of those who follow `user_id`, who passed a post on. */
  'feed.repost_due': event<{ post_id: PostId; author_id: UserId; user_id: UserId; after: UserId }>(
    (e) => e.post_id,
  ),
  'hashtag.followed': event<{ user_id: UserId; tag: string }>((e) => e.user_id),
  'hashtag.unfollowed': event<{ user_id: UserId; tag: string }>((e) => e.user_id),
  /** How much the parts of the ranking count for a member. */
  'feed.weights_changed': event<{ user_id: UserId }>((e) => e.user_id),
}
