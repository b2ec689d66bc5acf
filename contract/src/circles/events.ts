import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'
import type { CircleId } from './schemas.ts'

interface InCircle {
  circle_id: CircleId
  owner_id: UserId
  member_id: UserId
}

export const circleEvents = {
  'circle.member_added': event<InCircle>((e) => e.member_id),
  /** Taken out by its owner, no follower of theirs by their will, blocked either way, or gone. */
  'circle.member_removed': event<InCircle>((e) => e.member_id),
  /** With all who were in it. */
  'circle.deleted': event<{ circle_id: CircleId; owner_id: UserId; member_ids: UserId[] }>((e) => e.owner_id),
}
