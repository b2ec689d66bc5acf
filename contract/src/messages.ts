import { commentMessages } from './comments/messages.ts'
import { coreMessages, type DataOf } from './core/sockets.ts'
import { together } from './core/together.ts'
import { engagementMessages } from './engagement/messages.ts'
import { feedMessages } from './feed/messages.ts'
import { liveMessages } from './live/messages.ts'
import { mediaMessages } from './media/messages.ts'
import { conversationMessages } from './messages/messages.ts'
import { notificationMessages } from './notifications/messages.ts'
import { postMessages } from './posts/messages.ts'
import { storyMessages } from './stories/messages.ts'
import type { TopicName } from './topics.ts'

/** All that a server says on `WS /api/v1/realtime`. */
export const messages = together(coreMessages)
  .and(feedMessages)
  .and(notificationMessages)
  .and(mediaMessages)
  .and(postMessages)
  .and(engagementMessages)
  .and(commentMessages)
  .and(storyMessages)
  .and(liveMessages)
  .and(conversationMessages).all

export type RealtimeMessages = DataOf<typeof messages>
export type RealtimeType = keyof RealtimeMessages
export type RealtimeMessage = { [T in RealtimeType]: { type: T; data: RealtimeMessages[T] } }[RealtimeType]

/**
 * A message as it travels. `topic` is absent where it is said to the member. `cursor` is where the client stands in the topic, or in
 * what is said to the member, once it has this one.
 */
export type SentMessage = RealtimeMessage & { topic?: TopicName; cursor?: string }
