import { event } from '../core/events.ts'
import type { MediaId, PostId, UserId } from '../core/schema.ts'

export const mediaEvents = {
  /** Files of a post (or an avatar: `post_id` null) await processing. */
  'media.uploaded': event<{ media_ids: MediaId[]; post_id: PostId | null; owner_id: UserId }>(
    (e) => e.post_id ?? e.owner_id,
  ),
  'media.ready': event<{ media_ids: MediaId[]; post_id: PostId | null; owner_id: UserId }>(
    (e) => e.post_id ?? e.owner_id,
  ),
  /** `code` is of the error table. */
  'media.failed': event<{ media_ids: MediaId[]; post_id: PostId | null; owner_id: UserId; code: string }>(
    (e) => e.post_id ?? e.owner_id,
  ),
  /** The WebP renditions stand; the smaller AVIF may be made when there is time. */
  'media.avif_wanted': event<{ media_id: MediaId; owner_id: UserId }>((e) => e.media_id),
}
