import {
  Exact,
  type Id,
  idOf,
  Nullable,
  type Static,
  Timestamp,
  Type,
  UserId,
  Written,
} from '../core/schema.ts'
import { UserSummary } from '../members/schemas.ts'

export type AddressRuleId = Id<'address_rule'>
export const AddressRuleId = idOf<AddressRuleId>()

/** `allow`: never refused, slowed or challenged. `deny`: refused, unless allowed. */
export const AddressList = Type.Union([Type.Literal('allow'), Type.Literal('deny')])
export type AddressList = Static<typeof AddressList>

export const securityLimits = { rules: 2000, note: 200, days: 3650 } as const

/** Addresses of a range, IPv4 or IPv6. */
export const AddressRule = Exact({
  rule_id: AddressRuleId,
  list: AddressList,
  /** `203.0.113.0/24`, `2001:db8::/32`, or one address. */
  range: Type.String(),
  note: Type.String(),
  created_at: Timestamp,
  created_by: Nullable(UserId),
  /** Null: until it is taken back. */
  expires_at: Nullable(Timestamp),
})
export type AddressRule = Static<typeof AddressRule>

export const NewAddressRule = Exact({
  list: AddressList,
  range: Type.String({ minLength: 2, maxLength: 64 }),
  note: Type.Optional(Written('line', { max: securityLimits.note })),
  /** Without it, until it is taken back. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: securityLimits.days })),
})
export type NewAddressRule = Static<typeof NewAddressRule>

/** The file of rules (`ADDRESS_FILE`), as this process has read it. */
export const AddressFile = Exact({
  path: Type.String(),
  rules: Type.Integer(),
  /** Why it was not read as it is now; the rules read before stand. */
  problem: Nullable(Type.String()),
})
export type AddressFile = Static<typeof AddressFile>

export const AddressRules = Exact({
  rules: Type.Array(AddressRule),
  /** Null: there is none. */
  file: Nullable(AddressFile),
  /** From where this was asked, as the server sees it. */
  your_address: Type.String(),
})
export type AddressRules = Static<typeof AddressRules>

const literals = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.Union(values.map((value) => Type.Literal(value))))

export const challengeModes = ['auto', 'on', 'off'] as const

export const SecuritySettings = Exact({
  /** Only addresses of the allow list are served. */
  only_listed: Type.Boolean(),
  /** Whether who logs in or makes an account has to work first: when attacked, always, or never. */
  challenge: literals(challengeModes),
})
export type SecuritySettings = Static<typeof SecuritySettings>

/** Why a challenge is put: none was answered, the answer came too late, was used before, or is none. */
export type ChallengeReason = 'asked' | 'expired' | 'used' | 'wrong'

/**
 * Details of `challenge_required`. `challenge` is one of ALTCHA (version 2, PBKDF2/SHA-256): look for the counter from 0 whose derived key begins with
 * `keyPrefix`, and send the same request again with the header `X-Tintype-Solution`: base64 of the JSON `{ challenge, solution: { counter, derivedKey } }`.
 */
export interface ChallengeDetails {
  purpose: 'login' | 'register'
  reason: ChallengeReason
  challenge: { parameters: Record<string, unknown>; signature: string }
  /** Seconds. */
  expires_in: number
}

export type SecurityEventId = Id<'security_event'>
export const SecurityEventId = idOf<SecurityEventId>()

export const securityEventKinds = [
  'login_refused',
  'second_step_failed',
  'proof_failed',
  'token_reused',
  'csrf_failed',
  'sessions_ended',
  'tokens_revoked',
  'password_changed',
  'factor_removed',
  'role_changed',
  'defence_changed',
] as const
export type SecurityEventKind = (typeof securityEventKinds)[number]

export const SecurityEvent = Exact({
  event_id: SecurityEventId,
  at: Timestamp,
  kind: literals(securityEventKinds),
  /** Within about a second. */
  times: Type.Integer(),
  /** Of IPv6 the network. Null: of many. */
  address: Nullable(Type.String()),
  /** Who was logged in and did it. */
  member: Nullable(UserSummary),
})
export type SecurityEvent = Static<typeof SecurityEvent>

export const patternKinds = ['enumeration', 'scraping', 'stuffing', 'account_attacked'] as const
export type PatternKind = (typeof patternKinds)[number]

export const AbusePattern = Exact({
  /**
   * `enumeration`: asks for many members and posts that are not there; `scraping`: for very many that are; `stuffing`: tries many accounts; `account_attacked`: one
   * account is tried from many addresses.
   */
  kind: literals(patternKinds),
  /** Null: from many. */
  address: Nullable(Type.String()),
  member: Nullable(UserSummary),
  /** How often, since it began. */
  seen: Type.Integer(),
  first_at: Timestamp,
  last_at: Timestamp,
  /** The address is not answered any more. */
  is_denied: Type.Boolean(),
})
export type AbusePattern = Static<typeof AbusePattern>

export const Threats = Exact({
  /** Until then everybody who logs in, or makes an account, has to work first; null: it is not attacked. */
  login_attacked_until: Nullable(Timestamp),
  register_attacked_until: Nullable(Timestamp),
  patterns: Type.Array(AbusePattern),
})
export type Threats = Static<typeof Threats>
