import { Exact, Nullable, type Static, Type } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'
import { Post } from '../posts/schemas.ts'

export const exploreKinds = [
  'liked_by',
  'followed_by',
  'similar',
  'trending',
  'hashtag',
  'place',
  'new',
  'again',
] as const
export const suggestionKinds = ['mutuals', 'interests', 'popular', 'new'] as const

/**
 * Why a post is in explore. `liked_by`: members one follows liked it. `followed_by`: they follow its author. `similar`: those who like
 * what one liked like it too. `trending`: it gets far more than its author's posts usually do. `hashtag`, `place`: one liked others
 * with it. `new`: it is among the newest here. `again`: nothing is left that one has not seen.
 */
export const ExploreReason = Exact({
  kind: Type.Unsafe<(typeof exploreKinds)[number]>(
    Type.Union(exploreKinds.map((kind) => Type.Literal(kind))),
  ),
  /** Usernames of some whom the reason is about; all others are only counted. */
  names: Type.Array(Type.String()),
  others: Type.Integer(),
  /** The hashtag, the place, or by whom the post was that one liked. */
  about: Nullable(Type.String()),
})
export type ExploreReason = Static<typeof ExploreReason>

/** `why` is absent for visitors. */
export const ExplorePost = Exact({ ...Post.properties, why: Type.Optional(ExploreReason) })
export type ExplorePost = Static<typeof ExplorePost>

/** Why a member is suggested. `mutuals`: members one follows follow them. `interests`: one likes what they post, or others like it who like the same. */
export const SuggestionReason = Exact({
  kind: Type.Unsafe<(typeof suggestionKinds)[number]>(
    Type.Union(suggestionKinds.map((kind) => Type.Literal(kind))),
  ),
  names: Type.Array(Type.String()),
  others: Type.Integer(),
})
export type SuggestionReason = Static<typeof SuggestionReason>

export const SuggestedPerson = Exact({ ...UserListEntry.properties, why: Type.Optional(SuggestionReason) })
export type SuggestedPerson = Static<typeof SuggestedPerson>
