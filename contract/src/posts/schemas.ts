import { CircleId } from '../circles/schemas.ts'
import { Exact, MediaId, Nullable, PostId, type Static, Timestamp, Type, Written } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Media } from '../media/schemas.ts'
import { UserSummary } from '../members/schemas.ts'
import { Facet } from '../text.ts'
import { LimitedCommenters } from './settings.ts'

export const Place = Exact({
  name: Written('line', { min: 1, max: limits.placeName }),
  /** WGS 84 degrees. */
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
})

export type Place = Static<typeof Place>

/** How far a thing that is made of uploads has come. */
export const madeStatuses = [
  Type.Literal('processing'),
  Type.Literal('published'),
  Type.Literal('failed'),
] as const

/** All but published posts are seen by their author alone; `removed` ones moderators have taken from view. */
export const PostStatus = Type.Union([...madeStatuses, Type.Literal('archived'), Type.Literal('removed')])

/** What makes a post of one video a reel. */
export const ReelTraits = Exact({
  /** Others may use its sound. */
  shares_sound: Type.Boolean(),
  /** The reel whose sound it uses in place of its own, whether that is still there or not. */
  sound_id: Nullable(PostId),
})

export type ReelTraits = Static<typeof ReelTraits>

export const Post = Exact({
  post_id: PostId,
  user: UserSummary,
  /** Who else has made it, as far as the viewer sees them. */
  collaborators: Type.Optional(Type.Array(UserSummary)),
  status: PostStatus,
  /** An error code of this contract, set where `status` is `failed`. */
  failure: Nullable(Exact({ code: Type.String(), message: Type.String() })),
  media: Type.Array(Media),
  caption: Type.String(),
  facets: Type.Array(Facet),
  location: Nullable(Place),
  comments_enabled: Type.Boolean(),
  /** Who may comment, where comments are on and not for everyone. */
  comments_from: Type.Optional(LimitedCommenters),
  /** Only the author sees how many like it: in `likes_count` others find their own like, in the list nobody. */
  likes_hidden: Type.Optional(Type.Boolean()),
  /** Whoever sees its photographs may take them along; see `downloads.ofPost`. */
  downloads_allowed: Type.Optional(Type.Boolean()),
  /** People are tagged in its pictures; see `photoTags.list`. */
  tagged: Type.Optional(Type.Boolean()),
  reel: Type.Optional(ReelTraits),
  /** It is for circles of its author, of which the viewer is in one: which, others are not told. */
  for_circles: Type.Optional(Type.Boolean()),
  /** To its author: for which of theirs, those that they have deleted too. */
  circles: Type.Optional(Type.Array(CircleId)),
  /** Its author or moderators say so: it is covered until one asks to see it. */
  sensitive: Type.Optional(Type.Boolean()),
  /** It stands above the others on its author's profile. */
  pinned: Type.Optional(Type.Boolean()),
  likes_count: Type.Integer({
    description:
      'One number for everybody: likes of members whom the viewer does not see are in it, the list leaves them out',
  }),
  comments_count: Type.Integer({
    description:
      'One number for everybody: comments and replies that the list leaves out for the viewer are in it',
  }),
  /** All false for visitors. */
  viewer: Exact({
    liked: Type.Boolean(),
    saved: Type.Boolean(),
    following: Type.Boolean(),
    is_author: Type.Boolean(),
    /** They are asked to be an author of it too. */
    invited: Type.Optional(Type.Boolean()),
    /** Set where comments are on, and not for this viewer. */
    may_comment: Type.Optional(Type.Boolean()),
    /** It is sensitive, and they want to see that without a cover. */
    uncovered: Type.Optional(Type.Boolean()),
  }),
  created_at: Timestamp,
  edited_at: Nullable(Timestamp),
})

export type Post = Static<typeof Post>

/** A photograph to take along: its largest rendition, without metadata. */
export const Downloadable = Exact({
  media_id: MediaId,
  url: Type.String(),
  filename: Type.String(),
  content_type: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
})

export type Downloadable = Static<typeof Downloadable>

export const Caption = Written('lines', { max: limits.caption })

export const AltText = Written('lines', { max: limits.altText })
