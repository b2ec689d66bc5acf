import { CircleId } from '../circles/schemas.ts'
import {
  Exact,
  HighlightId,
  Nullable,
  type Static,
  StoryId,
  Timestamp,
  Type,
  UploadId,
  UserId,
  Written,
} from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Media } from '../media/schemas.ts'
import { UserListEntry, UserSummary } from '../members/schemas.ts'
import { madeStatuses } from '../posts/schemas.ts'
import { Answer, Sticker } from './stickers.ts'

/** `followers`: everyone who may see the author, which of a public account is every member. */
export const StoryAudience = Type.Union([Type.Literal('followers'), Type.Literal('close_friends')])
export type StoryAudience = Static<typeof StoryAudience>

/** Who may answer in a message: all who see the story, those of them whom its author follows, or nobody. */
export const StoryReplies = Type.Union([
  Type.Literal('everyone'),
  Type.Literal('following'),
  Type.Literal('off'),
])
export type StoryReplies = Static<typeof StoryReplies>

/** Where a film stands in a frame of 9:16, and what lies over it. */
export const StoryFrame = Exact({
  /** A still picture (PNG or WebP) of the frame's shape, see-through where the film is to be seen. */
  upload_id: UploadId,
  /** The film's middle, in shares of the frame's width and height. */
  x: Type.Number({ minimum: -0.5, maximum: 1.5 }),
  y: Type.Number({ minimum: -0.5, maximum: 1.5 }),
  /** 1: all of the film, as large as the frame takes it. */
  zoom: Type.Number({ minimum: 0.1, maximum: limits.storyFilmZoom }),
  /** Degrees, clockwise. */
  rotation: Type.Number({ minimum: -180, maximum: 180 }),
})
export type StoryFrame = Static<typeof StoryFrame>

export const Story = Exact({
  story_id: StoryId,
  user: UserSummary,
  /** All but `published` ones are seen by their author alone; `removed` ones moderators have taken from view. */
  status: Type.Union([...madeStatuses, Type.Literal('removed')]),
  /** An error code of this contract, set where `status` is `failed`. */
  failure: Nullable(Exact({ code: Type.String(), message: Type.String() })),
  /** Null until it is `published`. Its `alt_text` holds what is written in the picture. */
  media: Nullable(Media),
  stickers: Type.Array(Sticker),
  audience: StoryAudience,
  /** It is for circles of its author, of which the viewer is in one: which, others are not told. */
  for_circles: Type.Optional(Type.Boolean()),
  /** To its author: for which of theirs, those that they have deleted too. */
  circles: Type.Optional(Type.Array(CircleId)),
  replies: StoryReplies,
  created_at: Timestamp,
  expires_at: Timestamp,
  /** Seconds until then by the server's clock, whatever the viewer's says; 0 where only the archive or a highlight keeps it. */
  expires_in: Type.Integer(),
  /** How many members have seen it: as many as the list has; null but for its author. */
  views_count: Nullable(Type.Integer()),
  viewer: Exact({
    seen: Type.Boolean(),
    reaction: Nullable(Type.String()),
    is_author: Type.Boolean(),
    can_reply: Type.Boolean(),
  }),
})
export type Story = Static<typeof Story>

/** An author with stories, in the row above the home feed. */
export const TrayEntry = Exact({
  user: UserSummary,
  stories_count: Type.Integer(),
  unseen_count: Type.Integer(),
  latest_at: Timestamp,
  /** Whether one that is unseen (where all are seen, any) is for close friends. */
  close_friends: Type.Boolean(),
  is_self: Type.Boolean(),
})
export type TrayEntry = Static<typeof TrayEntry>

export const AuthorStories = Exact({
  user: UserSummary,
  /** The viewer has muted their stories. */
  muted: Type.Boolean(),
  /** Oldest first. */
  stories: Type.Array(Story),
})
export type AuthorStories = Static<typeof AuthorStories>

export const StoryView = Exact({
  user: UserListEntry,
  reaction: Nullable(Type.String()),
  viewed_at: Timestamp,
})
export type StoryView = Static<typeof StoryView>

export const StoryAnswer = Exact({
  user: UserListEntry,
  sticker: Type.Integer(),
  answer: Answer,
  answered_at: Timestamp,
})
export type StoryAnswer = Static<typeof StoryAnswer>

export const HighlightTitle = Written('line', { min: 1, max: limits.highlightTitle })

/** As in the row on a profile. */
export const Highlight = Exact({
  highlight_id: HighlightId,
  title: Type.String(),
  /** The picture of its cover; of another story where the viewer does not see that one. */
  cover: Nullable(Media),
  stories_count: Type.Integer(),
})
export type Highlight = Static<typeof Highlight>

export const WholeHighlight = Exact({
  ...Highlight.properties,
  user: UserSummary,
  cover_story_id: StoryId,
  /** Those that the viewer sees, in the order given. */
  stories: Type.Array(Story),
})
export type WholeHighlight = Static<typeof WholeHighlight>

/** Fields of a highlight; `cover_story_id` is one of `story_ids`. */
export const highlightFields = {
  title: HighlightTitle,
  story_ids: Type.Array(StoryId, { minItems: 1, maxItems: limits.highlightStories, uniqueItems: true }),
  cover_story_id: StoryId,
}

export const StorySettings = Exact({
  /** Stories stay with their author, and nobody else, when their time is over. */
  save_to_archive: Type.Boolean(),
})
export type StorySettings = Static<typeof StorySettings>

/** What a list of members for stories says of one. */
export const Listed = Exact({ user_id: UserId, listed: Type.Boolean() })
