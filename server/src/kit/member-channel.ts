import type { RealtimeMessage, UserId } from '@tintype/contract'

interface Publisher {
  publish(channel: string, message: unknown): Promise<void>
}

/** The Broadcast channel whose messages go to all of a member's open sockets. */
export const memberChannel = (userId: UserId): string => `member:${userId}`

/** Tells a member's open apps; who is not connected fetches it later. */
export const tellMember = (broadcast: Publisher, userId: UserId, message: RealtimeMessage): Promise<void> =>
  broadcast.publish(memberChannel(userId), message)

/** One message for all whom a post reached at once: a message each would be the larger part of a fan-out's cost. */
export const NEW_POSTS_CHANNEL = 'feed.new_posts'
export interface NewPosts {
  user_ids: readonly UserId[]
  count: number
}

/** Tells the open apps of these members that so many more posts wait for them. */
export const tellNewPosts = (
  broadcast: Publisher,
  user_ids: readonly UserId[],
  count: number,
): Promise<void> => broadcast.publish(NEW_POSTS_CHANNEL, { user_ids, count } satisfies NewPosts)

/** One message for all whose badge may have changed; who has a socket of theirs open counts, and for nobody else is counted. */
export const UNREAD_CHANNEL = 'notifications.unread'
export interface UnreadChanged {
  user_ids: readonly UserId[]
}

export const tellUnread = (broadcast: Publisher, user_ids: readonly UserId[]): Promise<void> =>
  broadcast.publish(UNREAD_CHANNEL, { user_ids } satisfies UnreadChanged)
