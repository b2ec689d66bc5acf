import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'
import type { AnnouncementId } from './schemas.ts'

export const announcementEvents = {
  'announcement.made': event<{ announcement_id: AnnouncementId; author_id: UserId }>(
    (e) => e.announcement_id,
  ),
  /** Some of those whom it is told. */
  'announcement.told': event<{ announcement_id: AnnouncementId; member_ids: UserId[] }>(
    (e) => e.announcement_id,
  ),
  'announcement.deleted': event<{ announcement_id: AnnouncementId }>((e) => e.announcement_id),
}
