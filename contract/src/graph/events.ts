import { event } from '../core/events.ts'
import type { UserId } from '../core/schema.ts'

export const graphEvents = {
  /** `requested`: it came of an accepted request. */
  'user.followed': event<{ follower_id: UserId; followee_id: UserId; requested?: boolean }>(
    (e) => e.follower_id,
  ),
  'user.unfollowed': event<{ follower_id: UserId; followee_id: UserId }>((e) => e.follower_id),
  'user.follow_requested': event<{ follower_id: UserId; followee_id: UserId }>((e) => e.follower_id),
  'user.follow_request_withdrawn': event<{ follower_id: UserId; followee_id: UserId }>((e) => e.follower_id),
  'user.follow_request_rejected': event<{ follower_id: UserId; followee_id: UserId }>((e) => e.follower_id),
  /** The followee ended it. Always beside a `user.unfollowed` of the same pair. */
  'user.follower_removed': event<{ follower_id: UserId; followee_id: UserId }>((e) => e.follower_id),
  /** Always beside a `user.followed` of the same pair. */
  'user.follow_accepted': event<{ follower_id: UserId; followee_id: UserId }>((e) => e.follower_id),
  'user.blocked': event<{ blocker_id: UserId; blocked_id: UserId }>((e) => e.blocker_id),
  'user.unblocked': event<{ blocker_id: UserId; blocked_id: UserId }>((e) => e.blocker_id),
  'user.muted': event<{ muter_id: UserId; muted_id: UserId }>((e) => e.muter_id),
  'user.unmuted': event<{ muter_id: UserId; muted_id: UserId }>((e) => e.muter_id),
  'user.restricted': event<{ restricter_id: UserId; restricted_id: UserId }>((e) => e.restricter_id),
  'user.unrestricted': event<{ restricter_id: UserId; restricted_id: UserId }>((e) => e.restricter_id),
  'user.viewing_changed': event<{ user_id: UserId }>((e) => e.user_id),
  /** Set, lifted or over. */
  'user.interaction_limit_changed': event<{ user_id: UserId }>((e) => e.user_id),
}
