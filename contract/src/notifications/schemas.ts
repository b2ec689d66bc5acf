import { Exact, NotificationId, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'

export const notificationTypes = [
  'follow',
  'follow_request',
  'follow_accepted',
  'like',
  'comment',
  'reply',
  'mention',
  'tagged',
  'collaboration_invite',
  'collaboration_accepted',
  'comment_like',
  'story_reaction',
  'story_answer',
  'live',
  'moderation',
  'archive',
  'collection_shared',
  'repost',
  'announcement',
  'schedule_failed',
  'import',
] as const

export const NotificationType = Type.Union(notificationTypes.map((type) => Type.Literal(type)))

export type NotificationType = (typeof notificationTypes)[number]

export const Notification = Exact({
  /** Where it stands in the list; a group that something joins moves up. */
  notification_id: NotificationId,
  /** Of all that is told as one. */
  group_id: NotificationId,
  type: Type.Unsafe<NotificationType>(NotificationType),
  /** Who did it last. What moderators did, and what the community says, has the member themself. */
  actor: UserListEntry,
  /** Up to two more of them, whoever came before. */
  more_actors: Type.Array(UserListEntry),
  /** How many did it beside `actor`. */
  others_count: Type.Integer(),
  /** To how many things it was done; the newest is the one named here. */
  things_count: Type.Integer(),
  /** What it is about: a comment's `partition` is its post. The member themself where there is nothing else. */
  subject: Exact({ kind: Type.String(), id: Type.String(), partition: Type.String() }),
  /** The path of the page that shows it. */
  address: Type.String(),
  /** The comment's or the announcement's text, cut to 140 characters, or the collection's name. */
  excerpt: Nullable(Type.String()),
  /** The post's, or the story's, 150 px rendition. */
  thumbnail: Nullable(Type.String()),
  read: Type.Boolean(),
  created_at: Timestamp,
})

export type Notification = Static<typeof Notification>
