import { event } from '../core/events.ts'
import type { MediaId, UserId } from '../core/schema.ts'
import type { ScheduledId } from './schemas.ts'

export const scheduledEvents = {
  /** By its author, or with their account: it never became a post. */
  'scheduled.deleted': event<{ scheduled_id: ScheduledId; author_id: UserId; media_ids: MediaId[] }>(
    (e) => e.scheduled_id,
  ),
  /** It could not be published at its time; `code` is of the error table. */
  'scheduled.failed': event<{ scheduled_id: ScheduledId; author_id: UserId; code: string }>(
    (e) => e.scheduled_id,
  ),
  /** One that had failed was edited, and waits again, or was published after all. */
  'scheduled.mended': event<{ scheduled_id: ScheduledId; author_id: UserId }>((e) => e.scheduled_id),
}
