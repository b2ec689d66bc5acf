import type { PostId } from './schema.ts'

/**
 * A socket says whose it is by the web app's cookie, by `?access_token=` or by a first frame `{"access_token": "…"}`. It
 * is closed with this code when that is refused, when the session ends and when the token runs out; the close reason
 * is a code of the error table. A client then renews its token and connects again.
 */
export const REALTIME_UNAUTHENTICATED = 4401

/** Messages of `WS /api/v1/realtime`, server to client. A client that misses some loses nothing: each says what to fetch. */
export interface RealtimeMessages {
  /** After the socket is authenticated. */
  ready: { user_id: string }
  /** New posts wait at the top of the home feed. */
  'feed.new_posts': { count: number }
  /** The badge. */
  'notifications.unread': { count: number }
  /** One's own post left `processing`. */
  'post.status': { post_id: PostId; status: 'published' | 'failed' }
}
export type RealtimeType = keyof RealtimeMessages
export type RealtimeMessage = { [T in RealtimeType]: { type: T; data: RealtimeMessages[T] } }[RealtimeType]
