import { Exact, Nullable, type Static, Type } from '../core/schema.ts'
import { UserSummary } from '../members/schemas.ts'
import { Post } from '../posts/schemas.ts'

export const feedLimits = {
  favourites: 100,
  hashtags: 50,
  /** How much a part of the ranking counts, in hundredths of what it counts for everybody. */
  weightLeast: 25,
  weightMost: 400,
} as const

/** Where it is not here for its author: for which hashtag that the viewer follows, or because some whom they follow reposted it. */
export const HomePost = Exact({
  ...Post.properties,
  hashtag: Type.Optional(Type.String()),
  /** The last of them first. */
  reposted_by: Type.Optional(Type.Array(UserSummary)),
})
export type HomePost = Static<typeof HomePost>

const Weight = Type.Integer({ minimum: feedLimits.weightLeast, maximum: feedLimits.weightMost })
/** How much each part of the ranking counts for the viewer, in hundredths; 100 where they have changed nothing. */
export const FeedWeights = Exact({ popularity: Weight, affinity: Weight, recency: Weight })
export type FeedWeights = Static<typeof FeedWeights>

/** What a post's place in the ranked feed comes of, as it is now. Its score is the sum of the points. */
export const RankReason = Exact({
  hashtag: Nullable(Type.String()),
  points: Exact({ popularity: Type.Number(), affinity: Type.Number(), recency: Type.Number() }),
  likes_count: Type.Integer(),
  comments_count: Type.Integer(),
  reposts_count: Type.Integer(),
  age_seconds: Type.Integer(),
  /** What the viewer did to its author's posts of late: a like counts one, a comment or a save two. */
  interactions: Type.Integer(),
})
export type RankReason = Static<typeof RankReason>
