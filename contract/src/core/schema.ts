import Type, { type Static, type TSchema } from 'typebox'
import { limits } from '../limits.ts'

export type { Static, TSchema }
export { Type }

/** Ids are UUIDv7, written as lower-case strings; the brand keeps one kind from being passed for another. */
export type Id<Kind extends string> = string & { readonly __id: Kind }
export type UserId = Id<'user'>
export type PostId = Id<'post'>
export type MediaId = Id<'media'>
export type UploadId = Id<'upload'>
export type CommentId = Id<'comment'>
export type SessionId = Id<'session'>
export type NotificationId = Id<'notification'>
export type StoryId = Id<'story'>
export type HighlightId = Id<'highlight'>
export type ConversationId = Id<'conversation'>
export type MessageId = Id<'message'>

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
/** A domain that is added declares its ids itself. */
export const idOf = <T extends string>() =>
  Type.Unsafe<T>(Type.String({ pattern: uuid, description: 'UUIDv7' }))
export const UserId = idOf<UserId>()
export const PostId = idOf<PostId>()
export const MediaId = idOf<MediaId>()
export const UploadId = idOf<UploadId>()
export const CommentId = idOf<CommentId>()
export const SessionId = idOf<SessionId>()
export const NotificationId = idOf<NotificationId>()
export const StoryId = idOf<StoryId>()
export const HighlightId = idOf<HighlightId>()
export const ConversationId = idOf<ConversationId>()
export const MessageId = idOf<MessageId>()

/** ISO 8601, UTC, millisecond precision. */
export const Timestamp = Type.String({ format: 'date-time' })
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, lower-case hex' })
export const Username = Type.String({ minLength: 1, maxLength: 64 })
/**
 * A text that people write, on one line or on several. A request's is tidied before its length is checked (see `tidyText`), so
 * that what nobody can see is as good as empty.
 */
export const Written = (form: 'line' | 'lines', { min = 0, max }: { min?: number; max: number }) =>
  Type.String({ 'x-text': form, minLength: min, maxLength: max })
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** An object that refuses keys it does not name. */
export const Exact = <P extends Record<string, TSchema>>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) })

export const Empty = Exact({})
export const PageQuery = Exact({
  cursor: Type.Optional(Type.String({ maxLength: 4096 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.pageMax, default: limits.pageDefault })),
})
export const SearchablePageQuery = Exact({
  ...PageQuery.properties,
  q: Type.Optional(Type.String({ maxLength: 64 })),
})

/** One page of a keyset-paged list. `next_cursor` is opaque and null on the last page. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}
