import { Exact, Nullable, PostId, type Static, Type } from '../core/schema.ts'
import { UserSummary } from '../members/schemas.ts'
import { Post } from '../posts/schemas.ts'

export const reelLimits = {
  /** Watches that are told at once. */
  watches: 50,
  /** Milliseconds; longer ones are of no film that is taken. */
  watchedMs: 6 * 3_600_000,
  replays: 1000,
} as const

/** What a reel sounds like, where its author lets others use it: it is named by the reel that it was made with. */
export const Sound = Exact({
  sound_id: PostId,
  user: UserSummary,
  /** To be played beside the film of a reel that uses it; an MP4 whose picture is not needed. */
  url: Type.String(),
  duration_ms: Type.Integer(),
})
export type Sound = Static<typeof Sound>

/** A post of one video, as it stands among reels. */
export const Reel = Exact({
  ...Post.properties,
  /**
   * The sound that others can use: its own, or another’s that it uses. Null where there is none, where its author keeps it to
   * themselves, and where the viewer may not see the reel it comes from.
   */
  sound: Nullable(Sound),
  /** How often it was played, about. Absent for others where its author hides likes. */
  plays_count: Type.Optional(Type.Integer()),
  /** In the feed: nothing is left that the viewer has not seen. */
  again: Type.Optional(Type.Boolean()),
})
export type Reel = Static<typeof Reel>

/** How a member watched a reel. Told to nobody: it counts in sums alone. */
export const Watch = Exact({
  post_id: PostId,
  watched_ms: Type.Integer({ minimum: 0, maximum: reelLimits.watchedMs }),
  length_ms: Type.Integer({ minimum: 1, maximum: reelLimits.watchedMs }),
  /** It was seen to its end. */
  completed: Type.Boolean(),
  /** How often it began anew. */
  replays: Type.Integer({ minimum: 0, maximum: reelLimits.replays }),
  sound_on: Type.Boolean(),
})
export type Watch = Static<typeof Watch>
