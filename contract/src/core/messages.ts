/**
 * A socket says whose it is by the web app's cookie, by `?access_token=` or by a first frame `{"access_token": "…"}`. It
 * is closed with this code when that is refused, when the session ends and when the token runs out; the close reason
 * is a code of the error table. A client then renews its token and connects again.
 */
export const REALTIME_UNAUTHENTICATED = 4401

export interface CoreMessages {
  /** After the socket is authenticated. */
  ready: { user_id: string }
}
