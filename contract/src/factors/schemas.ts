import { Exact, type Id, idOf, Nullable, type Static, Timestamp, Type, Written } from '../core/schema.ts'

/** Six digits of an authenticator app; spaces between them are nothing. */
export const TotpCode = Type.String({ pattern: '^ *([0-9] *){6}$', maxLength: 20 })
/** One of the ten, in any case, with or without its hyphen. */
export const RecoveryCode = Type.String({ minLength: 8, maxLength: 20 })
/** Shown once; only their hashes are kept. */
export const RecoveryCodes = Exact({ recovery_codes: Type.Array(Type.String()) })
export type RecoveryCodes = Static<typeof RecoveryCodes>

export type PasskeyId = Id<'passkey'>
export const PasskeyId = idOf<PasskeyId>()
export const PasskeyName = Written('line', { min: 1, max: 60 })

/** A key that a device of the member's holds. */
export const Passkey = Exact({
  passkey_id: PasskeyId,
  name: Type.String(),
  created_at: Timestamp,
  last_used_at: Nullable(Timestamp),
})
export type Passkey = Static<typeof Passkey>

const Base64Url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength })
const credential = { id: Base64Url(1400), rawId: Base64Url(1400), type: Type.Literal('public-key') }

/** What a browser's credential gives as JSON; browsers add to it, so more is let pass. */
export const NewPasskey = Type.Object({
  ...credential,
  response: Type.Object({
    clientDataJSON: Base64Url(4096),
    attestationObject: Base64Url(16_384),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 })),
  }),
})
export type NewPasskey = Static<typeof NewPasskey>

/** The same of one that is used. `userHandle` says whose it is. */
export const PasskeyProof = Type.Object({
  ...credential,
  response: Type.Object({
    clientDataJSON: Base64Url(4096),
    authenticatorData: Base64Url(4096),
    signature: Base64Url(4096),
    userHandle: Base64Url(100),
  }),
})
export type PasskeyProof = Static<typeof PasskeyProof>

/** What `navigator.credentials` takes, as JSON. */
export const PasskeyOptions = Type.Object({ challenge: Type.String() })

/** How a member can prove that it is them, beside their password. */
export const Factors = Exact({
  /** Since when an authenticator app is asked at log-in; null: it is not. */
  totp_since: Nullable(Timestamp),
  recovery_codes_left: Type.Integer(),
  passkeys: Type.Array(Passkey),
})
export type Factors = Static<typeof Factors>

/** What an authenticator app needs; `uri` is for a QR code. */
export const TotpSecret = Exact({ secret: Type.String(), uri: Type.String() })
export type TotpSecret = Static<typeof TotpSecret>
