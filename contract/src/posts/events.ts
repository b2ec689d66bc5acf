import { event } from '../core/events.ts'
import type { MediaId, PostId, UserId } from '../core/schema.ts'

export const postEvents = {
  /** What they set for their posts and for comments on them. */
  'user.post_settings_changed': event<{ user_id: UserId }>((e) => e.user_id),
  'post.published': event<{
    post_id: PostId
    author_id: UserId
    mentioned_ids: UserId[]
    /** Brought along from elsewhere: followers are not told. */
    imported?: boolean
    /** It is for circles of its author alone. */
    for_circles?: boolean
    /** Who is in its pictures, whether or not they have agreed. */
    tagged_ids?: UserId[]
    /** Who is asked to be an author of it too. */
    invited_ids?: UserId[]
  }>((e) => e.post_id),
  /** Who is in the pictures of a post has changed, or has agreed; it may not be published yet. */
  'post.people_changed': event<{
    post_id: PostId
    author_id: UserId
    tagged_ids: UserId[]
    untagged_ids: UserId[]
  }>((e) => e.post_id),
  /** Caption, place, alt text, who may comment or whether likes are shown. */
  'post.edited': event<{
    post_id: PostId
    author_id: UserId
    mentioned_ids: UserId[]
    /** Whom the caption mentioned before and does not any more. */
    unmentioned_ids?: UserId[]
  }>((e) => e.post_id),
  /** It became a failed post, seen by its author alone; `code` is of the error table. */
  'post.failed': event<{ post_id: PostId; author_id: UserId; code: string }>((e) => e.post_id),
  /** The hashtags of its author's comments, which count as the caption's do, are others. */
  'post.retagged': event<{ post_id: PostId; author_id: UserId }>((e) => e.post_id),
  /** Nobody but its author sees it; until it is restored. */
  'post.archived': event<{ post_id: PostId; author_id: UserId; media_ids: MediaId[] }>((e) => e.post_id),
  'post.restored': event<{ post_id: PostId; author_id: UserId; media_ids: MediaId[] }>((e) => e.post_id),
  /** To its author's profile. */
  'post.pinned': event<{ post_id: PostId; author_id: UserId }>((e) => e.post_id),
  'post.unpinned': event<{ post_id: PostId; author_id: UserId }>((e) => e.post_id),
  'post.deleted': event<{ post_id: PostId; author_id: UserId; media_ids: MediaId[] }>((e) => e.post_id),
}
