import { Exact, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'

export const interactionLimits = {
  /** Days that one lasts at most. */
  days: 28,
  /** Days before it began: who has followed for longer is no new follower. */
  newFollower: 7,
} as const

/**
 * Whose comments, messages, mentions and tags are held back: of those who do not follow the member, of those who began to in the week
 * before or since, or of both. Never of those whom the member follows.
 */
export const LimitedAccounts = Type.Union([
  Type.Literal('strangers'),
  Type.Literal('new_followers'),
  Type.Literal('both'),
])
export type LimitedAccounts = Static<typeof LimitedAccounts>

/** Null: none now. */
export const InteractionLimit = Exact({
  limit: Nullable(Exact({ accounts: LimitedAccounts, ends_at: Timestamp })),
})
export type InteractionLimit = Static<typeof InteractionLimit>

export const NewInteractionLimit = Exact({
  accounts: LimitedAccounts,
  days: Type.Integer({ minimum: 1, maximum: interactionLimits.days }),
})
export type NewInteractionLimit = Static<typeof NewInteractionLimit>
