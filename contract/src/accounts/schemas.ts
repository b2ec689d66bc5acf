import { Exact, type Id, idOf, Nullable, SessionId, type Static, Timestamp, Type } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Me, UserSummary } from '../members/schemas.ts'

export const Session = Exact({
  session_id: SessionId,
  user_agent: Type.String(),
  ip: Type.String(),
  created_at: Timestamp,
  last_used_at: Timestamp,
  current: Type.Boolean(),
})

export type Session = Static<typeof Session>

/** Wrong passwords that were tried for one's account, up to 30 days after the last; none: `since` and `last_at` are null. */
export const FailedLogins = Exact({
  count: Type.Integer(),
  since: Nullable(Timestamp),
  last_at: Nullable(Timestamp),
})

export type FailedLogins = Static<typeof FailedLogins>

export type LoginId = Id<'login'>
export const LoginId = idOf<LoginId>()

/** `reset`: a new password by a link in a mail. `app`: one that was let in. `code` and `recovery_code` came after a password. */
export const LoginMethod = Type.Union([
  Type.Literal('registration'),
  Type.Literal('password'),
  Type.Literal('code'),
  Type.Literal('recovery_code'),
  Type.Literal('passkey'),
  Type.Literal('openid'),
  Type.Literal('reset'),
  Type.Literal('app'),
])
export type LoginMethod = Static<typeof LoginMethod>

/** One log-in, or the tries of a day that failed at the same step. */
export const Login = Exact({
  login_id: LoginId,
  failed: Type.Boolean(),
  method: LoginMethod,
  /** Of failed ones: how many. */
  count: Type.Integer(),
  /** Of failed ones: the last. */
  at: Timestamp,
  user_agent: Type.String(),
  /** As failed passwords are counted by: an IPv4 address, or the first half of an IPv6 address. Empty of apps. */
  network: Type.String(),
  /** What an app calls itself. */
  app: Nullable(Type.String()),
  /** What it began, while that is not ended. */
  session_id: Nullable(SessionId),
  current: Type.Boolean(),
})
export type Login = Static<typeof Login>

/** Tokens are null where the web app asked for cookies instead (header `X-Tintype-Session: cookie`). */
export const Authenticated = Exact({
  user: Me,
  access_token: Nullable(Type.String()),
  refresh_token: Nullable(Type.String()),
  /** Seconds the access token is good for. */
  expires_in: Type.Integer(),
})

export type Authenticated = Static<typeof Authenticated>

/** A link's secret part, as it was mailed. */
export const LinkToken = Type.String({ minLength: 1, maxLength: 512 })

/** An address that is to become the member's once the mails sent to both were answered. */
export const EmailChange = Exact({
  email: Type.String(),
  /** Which side has not said yes yet. */
  waiting_for: Type.Array(Type.Union([Type.Literal('old'), Type.Literal('new')])),
})

export type EmailChange = Static<typeof EmailChange>

export const Password = Type.String({ maxLength: limits.passwordMax })

/** Accounts that one browser may be logged in to, the one in use among them. */
export const BROWSER_ACCOUNTS = 5

export const BrowserAccount = Exact({
  user: UserSummary,
  /** In use. */
  current: Type.Boolean(),
  unread_notifications: Type.Integer(),
})
export type BrowserAccount = Static<typeof BrowserAccount>
