import {
  CommentId,
  Exact,
  NotificationId,
  Nullable,
  PostId,
  type Static,
  StoryId,
  Timestamp,
  Type,
} from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'

export const notificationTypes = [
  'follow',
  'follow_request',
  'follow_accepted',
  'like',
  'comment',
  'reply',
  'mention',
  'comment_like',
  'story_reaction',
  'story_answer',
] as const

export const NotificationType = Type.Union(notificationTypes.map((type) => Type.Literal(type)))

export type NotificationType = (typeof notificationTypes)[number]

export const Notification = Exact({
  notification_id: NotificationId,
  type: Type.Unsafe<NotificationType>(NotificationType),
  actor: UserListEntry,
  post_id: Nullable(PostId),
  comment_id: Nullable(CommentId),
  story_id: Nullable(StoryId),
  /** The comment's text, cut to 140 characters. */
  excerpt: Nullable(Type.String()),
  /** The post's, or the story's, 150 px rendition. */
  thumbnail: Nullable(Type.String()),
  read: Type.Boolean(),
  created_at: Timestamp,
})

export type Notification = Static<typeof Notification>
