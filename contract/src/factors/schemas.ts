import { Exact, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'

/** Six digits of an authenticator app; spaces between them are nothing. */
export const TotpCode = Type.String({ pattern: '^ *([0-9] *){6}$', maxLength: 20 })
/** One of the ten, in any case, with or without its hyphen. */
export const RecoveryCode = Type.String({ minLength: 8, maxLength: 20 })
/** Shown once; only their hashes are kept. */
export const RecoveryCodes = Exact({ recovery_codes: Type.Array(Type.String()) })
export type RecoveryCodes = Static<typeof RecoveryCodes>

/** How a member can prove that it is them, beside their password. */
export const Factors = Exact({
  /** Since when an authenticator app is asked at log-in; null: it is not. */
  totp_since: Nullable(Timestamp),
  recovery_codes_left: Type.Integer(),
})
export type Factors = Static<typeof Factors>

/** What an authenticator app needs; `uri` is for a QR code. */
export const TotpSecret = Exact({ secret: Type.String(), uri: Type.String() })
export type TotpSecret = Static<typeof TotpSecret>
