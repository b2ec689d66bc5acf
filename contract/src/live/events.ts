import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'
import type { LiveId } from './schemas.ts'

type Live = { live_id: LiveId; host_id: UserId }

export const liveEvents = {
  'live.opened': event<Live>((e) => e.live_id),
  /** Something has come in for the first time: from now on it can be watched. */
  'live.started': event<Live>((e) => e.live_id),
  /** Some of the host's followers, who are told that it has begun. */
  'live.announced': event<Live & { follower_ids: UserId[] }>((e) => e.live_id),
  /** Its title, its comments' rules, what is pinned, its counts, or who feeds it. */
  'live.changed': event<Live>((e) => e.live_id),
  /** Who moderates it, or who was removed from it. */
  'live.people_changed': event<Live & { user_id: UserId }>((e) => e.live_id),
  'live.ended': event<Live>((e) => e.live_id),
  /** Taken from view by moderators of the community, which ends it; or given back. */
  'live.removed': event<Live>((e) => e.live_id),
  'live.restored': event<Live>((e) => e.live_id),
  'live.deleted': event<Live>((e) => e.live_id),
}
