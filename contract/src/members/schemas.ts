import { type RoleName, roles } from '../core/route.ts'
import {
  Exact,
  Nullable,
  type Static,
  Timestamp,
  Type,
  UploadId,
  UserId,
  Username,
  Written,
} from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Rendition } from '../media/schemas.ts'

export const PrivacyLevel = Type.Union([Type.Literal('public'), Type.Literal('private')])

/** A member as they appear beside a post, a comment or in a list. */
export const UserSummary = Exact({
  user_id: UserId,
  username: Type.String(),
  full_name: Type.String(),
  /** Same-origin or CDN URL of the 150 px avatar; null: show the initial. */
  profile_picture: Nullable(Type.String()),
  is_private: Type.Boolean(),
  /** Those who look after the community say that it is who it says it is. */
  is_verified: Type.Boolean(),
})

export type UserSummary = Static<typeof UserSummary>

/** For a page that shows the picture large; empty where there is none. */
const largePicture = {
  /** Squares, largest first; among them `profile_picture`. */
  profile_picture_variants: Type.Array(Rendition),
}

/** How the viewer stands to a member. `requested`: the viewer's follow request waits for an answer. */
export const Relationship = Exact({
  following: Type.Boolean(),
  requested: Type.Boolean(),
  followed_by: Type.Boolean(),
  /** They have asked to follow the viewer. */
  requested_by: Type.Boolean(),
  blocking: Type.Boolean(),
  muting: Type.Boolean(),
  restricting: Type.Boolean(),
})

export type Relationship = Static<typeof Relationship>

export const UserListEntry = Exact({ ...UserSummary.properties, viewer: Nullable(Relationship) })

export type UserListEntry = Static<typeof UserListEntry>

export const Profile = Exact({
  ...UserSummary.properties,
  ...largePicture,
  bio: Type.String(),
  link: Nullable(Type.String()),
  privacy_level: PrivacyLevel,
  posts_count: Type.Integer(),
  followers_count: Type.Integer(),
  following_count: Type.Integer(),
  created_at: Timestamp,
  /** Null for visitors and for oneself. */
  viewer: Nullable(Relationship),
  is_self: Type.Boolean(),
  /** May the viewer see posts, followers and following? False for a private account the viewer does not follow. */
  can_view_content: Type.Boolean(),
})

export type Profile = Static<typeof Profile>

export const Role = Type.Unsafe<RoleName>(Type.Union(roles.map((role) => Type.Literal(role))))

export const QuietTime = Exact({ from: Timestamp, until: Timestamp })
export type QuietTime = Static<typeof QuietTime>

/** Minutes of a day after which members may have themselves reminded of the time. */
export const dailyReminders = [15, 30, 45, 60, 120] as const
export const DailyReminder = Type.Unsafe<(typeof dailyReminders)[number]>(
  Type.Union(dailyReminders.map((minutes) => Type.Literal(minutes))),
)

/** What only the member themself sees. */
export const Me = Exact({
  ...UserSummary.properties,
  ...largePicture,
  email: Type.String(),
  /** Whether it was proven to be the member's. */
  email_verified: Type.Boolean(),
  /** The address that is to take its place, once both sides have said yes. */
  email_pending: Nullable(Type.String()),
  bio: Type.String(),
  link: Nullable(Type.String()),
  privacy_level: PrivacyLevel,
  role: Role,
  unread_notifications: Type.Integer(),
  follow_requests: Type.Integer(),
  /** Quiet mode, now or next: nothing rings meanwhile, and no count is shown. */
  quiet: Type.Optional(QuietTime),
  /** Minutes of a day on a device after which it reminds them; apps count for themselves. */
  daily_reminder: Type.Optional(DailyReminder),
  created_at: Timestamp,
})

export type Me = Static<typeof Me>

export const ByUsername = Exact({ username: Username })

/** Fields left out stay. */
export const ProfileChanges = Exact({
  username: Type.Optional(Type.String({ maxLength: 64 })),
  full_name: Type.Optional(Written('line', { max: limits.fullName })),
  bio: Type.Optional(Written('lines', { max: limits.bio })),
  link: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  privacy_level: Type.Optional(PrivacyLevel),
  /** A finished upload of this member; null removes the picture. */
  avatar_upload_id: Type.Optional(Nullable(UploadId)),
})
