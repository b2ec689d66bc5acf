import type { CoreMessages } from './core/messages.ts'
import type { FeedMessages } from './feed/messages.ts'
import type { NotificationMessages } from './notifications/messages.ts'
import type { PostMessages } from './posts/messages.ts'

/** Messages of `WS /api/v1/realtime`, server to client. A client that misses some loses nothing: each says what to fetch. */
export interface RealtimeMessages extends CoreMessages, FeedMessages, NotificationMessages, PostMessages {}
export type RealtimeType = keyof RealtimeMessages
export type RealtimeMessage = { [T in RealtimeType]: { type: T; data: RealtimeMessages[T] } }[RealtimeType]
