import type { RealtimeMessage, UserId } from '@tintype/contract'

interface Publisher {
  publish(channel: string, message: unknown): Promise<void>
}

/** The Broadcast channel whose messages go to all of a member's open sockets. */
export const memberChannel = (userId: UserId): string => `member:${userId}`

/** Tells a member's open apps; who is not connected fetches it later. */
export const tellMember = (broadcast: Publisher, userId: UserId, message: RealtimeMessage): Promise<void> =>
  broadcast.publish(memberChannel(userId), message)
