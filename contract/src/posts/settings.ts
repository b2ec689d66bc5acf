import { Exact, type Static, Type, Written } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Taggers } from './people.ts'

/** Whom the author follows, who follows the author, whom the caption mentions. */
export const limitedCommenters = ['following', 'followers', 'mentioned'] as const
export const commentersChoices = ['everyone', ...limitedCommenters, 'off'] as const

export const LimitedCommenters = Type.Unsafe<(typeof limitedCommenters)[number]>(
  Type.Union(limitedCommenters.map((who) => Type.Literal(who))),
)

export type Commenters = (typeof commentersChoices)[number]

export const Commenters = Type.Unsafe<Commenters>(
  Type.Union(commentersChoices.map((who) => Type.Literal(who))),
)

/** What a post may be made with in place of its author's settings. */
export const postChoices = {
  /** `false` is `comments_from: off`; `true` takes that back. */
  comments_enabled: Type.Optional(Type.Boolean()),
  comments_from: Type.Optional(Commenters),
  likes_hidden: Type.Optional(Type.Boolean()),
  /** Whoever sees its photographs may take them along. */
  downloads_allowed: Type.Optional(Type.Boolean()),
}

/** Its author covers it; that moderators do is their affair. */
export const sensitiveMark = { sensitive: Type.Optional(Type.Boolean()) }

export const PostSettings = Exact({
  /** Of posts to come, unless they say otherwise. */
  comments_from: Commenters,
  /** Of posts to come, unless they say otherwise. */
  likes_hidden: Type.Boolean(),
  /** Of posts to come, unless they say otherwise. */
  downloads_allowed: Type.Boolean(),
  /** Whose tags of the member in their photographs are shown without being approved. */
  tags_from: Taggers,
  /** Comments with one of these words under the member's posts wait for their approval. */
  filtered_words: Type.Array(Written('line', { min: 1, max: limits.filteredWord }), {
    maxItems: limits.filteredWords,
  }),
})

export type PostSettings = Static<typeof PostSettings>

/** Fields left out stay. */
export const PostSettingsChanges = Type.Partial(PostSettings, { additionalProperties: false })
