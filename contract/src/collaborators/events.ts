import { event } from '../core/events.ts'
import type { PostId, UserId } from '../core/schema.ts'

export const collaboratorEvents = {
  /** Who is asked to be an author of it too, and who is. */
  'post.collaborators_changed': event<{
    post_id: PostId
    author_id: UserId
    invited_ids: UserId[]
    uninvited_ids: UserId[]
    joined_ids: UserId[]
    left_ids: UserId[]
  }>((e) => e.post_id),
}
