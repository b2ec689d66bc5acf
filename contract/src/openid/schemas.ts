import type { LinkToken } from '../accounts/schemas.ts'
import type { RegistrationPolicy } from '../community/schemas.ts'
import { Exact, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'

/** Where the browser goes on. */
export const OpenIdStart = Exact({ url: Type.String() })

/** With what it came back: the query of that address, as it stands. */
export const OpenIdAnswer = Exact({ answer: Type.String({ maxLength: 8192 }) })

/** Says who proved to be whom; sealed, and good for half an hour. */
export const OpenIdTicket = Type.String({ minLength: 1, maxLength: 4096 })

export const OwnOpenId = Exact({
  /** Null: no log-in is linked. */
  linked_at: Nullable(Timestamp),
  last_used_at: Nullable(Timestamp),
  /** Whether the account can be logged in to by a password. */
  has_password: Type.Boolean(),
})
export type OwnOpenId = Static<typeof OwnOpenId>

/** What `openid_unknown` says: by what an account can be made, and what is known for it. */
export interface OpenIdUnknown {
  ticket: Static<typeof LinkToken>
  sign_up: Static<typeof RegistrationPolicy>
  /** Empty where it is not known. */
  username: string
  full_name: string
  email: string
  email_verified: boolean
}
