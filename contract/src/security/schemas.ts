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

export const SecuritySettings = Exact({
  /** Only addresses of the allow list are served. */
  only_listed: Type.Boolean(),
})
export type SecuritySettings = Static<typeof SecuritySettings>
