import { event } from '../core/events.ts'
import type { PostId, UserId } from '../core/schema.ts'

export const engagementEvents = {
  'post.liked': event<{ post_id: PostId; author_id: UserId; user_id: UserId }>((e) => e.post_id),
  'post.unliked': event<{ post_id: PostId; author_id: UserId; user_id: UserId }>((e) => e.post_id),
  'post.saved': event<{ post_id: PostId; user_id: UserId }>((e) => e.user_id),
  'post.unsaved': event<{ post_id: PostId; user_id: UserId }>((e) => e.user_id),
}
