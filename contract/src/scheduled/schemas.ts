import { CircleIds } from '../circles/schemas.ts'
import { Exact, type Id, idOf, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'
import { Media } from '../media/schemas.ts'
import { newPostFields } from '../posts/new-post.ts'
import { Place } from '../posts/schemas.ts'
import { Commenters } from '../posts/settings.ts'

export const scheduleLimits = {
  /** Seconds. */
  ahead: 75 * 24 * 3600,
  /** Posts of one member that wait. */
  perMember: 100,
} as const

export type ScheduledId = Id<'scheduled'>
export const ScheduledId = idOf<ScheduledId>()

/** A post that is published later; its author alone sees it. */
export const ScheduledPost = Exact({
  scheduled_id: ScheduledId,
  publish_at: Timestamp,
  /** `failed`: it was not published, or cannot be; a `processing` one is published once its files are ready. */
  status: Type.Union([Type.Literal('processing'), Type.Literal('waiting'), Type.Literal('failed')]),
  /** An error code of this contract, set where `status` is `failed`. */
  failure: Nullable(Exact({ code: Type.String(), message: Type.String() })),
  /** In their order; those that are not ready are left out. */
  media: Type.Array(Media),
  media_count: Type.Integer(),
  caption: Type.String(),
  location: Nullable(Place),
  alt_texts: Type.Array(Type.String()),
  /** Absent: as the author’s settings say by then. */
  comments_from: Type.Optional(Commenters),
  likes_hidden: Type.Optional(Type.Boolean()),
  downloads_allowed: Type.Optional(Type.Boolean()),
  is_reel: Type.Boolean(),
  /** It will be for these circles of its author alone. */
  circles: Type.Optional(CircleIds),
})
export type ScheduledPost = Static<typeof ScheduledPost>

export const NewScheduledPost = Exact({ ...newPostFields, publish_at: Timestamp })

const { caption, location, alt_texts, comments_from, likes_hidden, downloads_allowed, circles } =
  newPostFields
export const ScheduledChanges = Exact({
  publish_at: Type.Optional(Timestamp),
  caption,
  location,
  alt_texts,
  comments_from,
  likes_hidden,
  downloads_allowed,
  /** Others; one that is for all stays so. */
  circles,
})
export type ScheduledChanges = Static<typeof ScheduledChanges>
