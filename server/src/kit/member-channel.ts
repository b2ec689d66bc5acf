import type { RealtimeMessage, RealtimeType, UserId } from '@tintype/contract'

interface Publisher {
  publish(channel: string, message: unknown): Promise<void>
}

/** The Broadcast channel whose messages go to all of a member's open sockets. */
export const memberChannel = (userId: UserId): string => `member:${userId}`

/** Tells a member's open apps; who is not connected fetches it later. */
export const tellMember = (broadcast: Publisher, userId: UserId, message: RealtimeMessage): Promise<void> =>
  broadcast.publish(memberChannel(userId), message)

/** Of what goes to many members at once: a message each would be the larger part of what caused it. */
export const MEMBERS_CHANNEL = 'members'
export interface ToMembers {
  user_ids: readonly UserId[]
  message: RealtimeMessage
}

/** Tells the open apps of all these members the same. */
export const tellMembers = (
  broadcast: Publisher,
  user_ids: readonly UserId[],
  message: RealtimeMessage,
): Promise<void> => tellTogether(broadcast, [{ user_ids, message }])

/** The same of many messages, in their order, as one. */
export const tellTogether = (broadcast: Publisher, all: readonly ToMembers[]): Promise<void> =>
  broadcast.publish(MEMBERS_CHANNEL, all)

/** Of badges that may have changed: who has a socket of the member's open counts, and for nobody else is counted. */
export const BADGE_CHANNEL = 'members.badge'
export interface BadgeChanged {
  badge: RealtimeType
  user_ids: readonly UserId[]
}

export const tellBadge = (
  broadcast: Publisher,
  badge: RealtimeType,
  user_ids: readonly UserId[],
): Promise<void> => broadcast.publish(BADGE_CHANNEL, { badge, user_ids } satisfies BadgeChanged)
