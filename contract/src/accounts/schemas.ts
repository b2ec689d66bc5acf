import { Exact, Nullable, SessionId, type Static, Timestamp, Type } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Me } from '../members/schemas.ts'

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
