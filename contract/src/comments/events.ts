import { event } from '../core/events.ts'
import type { CommentId, PostId, UserId } from '../core/schema.ts'

export const commentEvents = {
  'comment.created': event<{
    comment_id: CommentId
    post_id: PostId
    author_id: UserId
    user_id: UserId
    parent_comment_id: CommentId | null
    parent_user_id: UserId | null
    mentioned_ids: UserId[]
  }>((e) => e.post_id),
  /** `comment_ids`: the comment and the replies that went with it. */
  'comment.deleted': event<{
    comment_id: CommentId
    post_id: PostId
    author_id: UserId
    user_id: UserId
    parent_comment_id: CommentId | null
    comment_ids: CommentId[]
  }>((e) => e.post_id),
  /** Taken from view by moderators (`removed`), or given back. */
  'comment.reviewed': event<{
    comment_id: CommentId
    post_id: PostId
    user_id: UserId
    parent_comment_id: CommentId | null
    removed: boolean
  }>((e) => e.post_id),
  'comment.liked': event<{
    comment_id: CommentId
    post_id: PostId
    comment_user_id: UserId
    user_id: UserId
  }>((e) => e.post_id),
  'comment.unliked': event<{
    comment_id: CommentId
    post_id: PostId
    comment_user_id: UserId
    user_id: UserId
  }>((e) => e.post_id),
}
