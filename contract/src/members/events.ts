import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'

export const memberEvents = {
  /** Name, bio, avatar, username or link changed. */
  'user.updated': event<{ user_id: UserId }>((e) => e.user_id),
  /** The addresses given out of their pictures lead nowhere any more; those who may see them get others. */
  'user.media_links_ended': event<{ user_id: UserId }>((e) => e.user_id),
  /** The badge was given or taken; how they are shown changed as well (`user.updated`). */
  'user.verified_changed': event<{ user_id: UserId }>((e) => e.user_id),
  'user.privacy_changed': event<{ user_id: UserId; is_private: boolean }>((e) => e.user_id),
}
