import { event } from '../core/events.ts'
import type { PostId, UserId } from '../core/schema.ts'

/** `user_id` passed on what `author_id` posted. */
interface Repost {
  post_id: PostId
  author_id: UserId
  user_id: UserId
}

export const repostEvents = {
  'post.reposted': event<Repost>((e) => e.post_id),
  'post.unreposted': event<Repost>((e) => e.post_id),
  /** Whether others may pass on a member's posts, or of whom the member hides what they pass on. */
  'user.repost_settings_changed': event<{ user_id: UserId }>((e) => e.user_id),
}
