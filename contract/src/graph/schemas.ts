import { Exact, Nullable, type Static, Timestamp, Type, Written } from '../core/schema.ts'
import { limits } from '../limits.ts'

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

/**
 * Of what is marked as sensitive. `more`: shown at once. `standard`: behind a cover, until one asks to see it. `less`: behind a cover at home, and left
 * out of explore, reels, hashtags, places and search.
 */
export const SensitiveLevel = Type.Union([
  Type.Literal('more'),
  Type.Literal('standard'),
  Type.Literal('less'),
])
export type SensitiveLevel = Static<typeof SensitiveLevel>

export const ViewingChoices = Exact({
  sensitive: SensitiveLevel,
  /** Posts of others with one of these words in their caption are left out of home, explore, reels, hashtags, places and search. */
  muted_words: Type.Array(Written('line', { min: 1, max: limits.filteredWord }), {
    maxItems: limits.filteredWords,
  }),
})
export type ViewingChoices = Static<typeof ViewingChoices>

/** Fields left out stay. */
export const ViewingChanges = Type.Partial(ViewingChoices, { additionalProperties: false })
