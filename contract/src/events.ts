import type { CommentId, MediaId, PostId, SessionId, UserId } from './schema.ts'

/**
 * Facts, past tense, written in the transaction that makes them true. Payloads are ids (and what cannot be read
 * back once the rows are gone); fields are only ever added. Consumers may see a fact twice.
 */
export interface Events {
  'user.registered': { user_id: UserId }
  /** Name, bio, avatar, username or link changed. */
  'user.updated': { user_id: UserId }
  'user.privacy_changed': { user_id: UserId; is_private: boolean }
  /** The account is hidden at once; each module erases what it holds. */
  'user.deleted': { user_id: UserId }
  /** Logged out, revoked, or ended with the password or the account. */
  'user.sessions_ended': { user_id: UserId; session_ids: SessionId[] }

  /** `requested`: it came of an accepted request. */
  'user.followed': { follower_id: UserId; followee_id: UserId; requested?: boolean }
  'user.unfollowed': { follower_id: UserId; followee_id: UserId }
  'user.follow_requested': { follower_id: UserId; followee_id: UserId }
  'user.follow_request_withdrawn': { follower_id: UserId; followee_id: UserId }
  'user.follow_request_rejected': { follower_id: UserId; followee_id: UserId }
  /** The followee ended it. Always beside a `user.unfollowed` of the same pair. */
  'user.follower_removed': { follower_id: UserId; followee_id: UserId }
  /** Always beside a `user.followed` of the same pair. */
  'user.follow_accepted': { follower_id: UserId; followee_id: UserId }
  'user.blocked': { blocker_id: UserId; blocked_id: UserId }
  'user.unblocked': { blocker_id: UserId; blocked_id: UserId }
  'user.muted': { muter_id: UserId; muted_id: UserId }
  'user.unmuted': { muter_id: UserId; muted_id: UserId }

  /** Files of a post (or an avatar: `post_id` null) await processing. */
  'media.uploaded': { media_ids: MediaId[]; post_id: PostId | null; owner_id: UserId }
  'media.ready': { media_ids: MediaId[]; post_id: PostId | null; owner_id: UserId }
  /** `code` is of the error table. */
  'media.failed': { media_ids: MediaId[]; post_id: PostId | null; owner_id: UserId; code: string }
  /** The WebP renditions stand; the smaller AVIF may be made when there is time. */
  'media.avif_wanted': { media_id: MediaId; owner_id: UserId }

  'post.published': { post_id: PostId; author_id: UserId; mentioned_ids: UserId[] }
  /** Caption, place, alt text or the comments switch. */
  'post.edited': {
    post_id: PostId
    author_id: UserId
    mentioned_ids: UserId[]
    /** Whom the caption mentioned before and does not any more. */
    unmentioned_ids?: UserId[]
  }
  /** It became a failed post, seen by its author alone; `code` is of the error table. */
  'post.failed': { post_id: PostId; author_id: UserId; code: string }
  'post.deleted': { post_id: PostId; author_id: UserId; media_ids: MediaId[] }

  'post.liked': { post_id: PostId; author_id: UserId; user_id: UserId }
  'post.unliked': { post_id: PostId; author_id: UserId; user_id: UserId }
  'post.saved': { post_id: PostId; user_id: UserId }
  'post.unsaved': { post_id: PostId; user_id: UserId }
  'comment.created': {
    comment_id: CommentId
    post_id: PostId
    author_id: UserId
    user_id: UserId
    parent_comment_id: CommentId | null
    parent_user_id: UserId | null
    mentioned_ids: UserId[]
  }
  /** `comment_ids`: the comment and the replies that went with it. */
  'comment.deleted': {
    comment_id: CommentId
    post_id: PostId
    author_id: UserId
    user_id: UserId
    parent_comment_id: CommentId | null
    comment_ids: CommentId[]
  }
  'comment.liked': { comment_id: CommentId; post_id: PostId; comment_user_id: UserId; user_id: UserId }
  'comment.unliked': { comment_id: CommentId; post_id: PostId; comment_user_id: UserId; user_id: UserId }

  /** One chunk of one post's fan-out: followers whose id is above `after`. */
  'feed.fanout_due': { post_id: PostId; author_id: UserId; after: UserId | null }
}

export type EventType = keyof Events

/** The key whose events stay in order, by type: the id that the type's writers lock. */
export const eventKey: { [T in EventType]: (payload: Events[T]) => string } = {
  'user.registered': (e) => e.user_id,
  'user.updated': (e) => e.user_id,
  'user.privacy_changed': (e) => e.user_id,
  'user.deleted': (e) => e.user_id,
  'user.sessions_ended': (e) => e.user_id,
  'user.followed': (e) => e.follower_id,
  'user.unfollowed': (e) => e.follower_id,
  'user.follow_requested': (e) => e.follower_id,
  'user.follow_request_withdrawn': (e) => e.follower_id,
  'user.follow_request_rejected': (e) => e.follower_id,
  'user.follower_removed': (e) => e.follower_id,
  'user.follow_accepted': (e) => e.follower_id,
  'user.blocked': (e) => e.blocker_id,
  'user.unblocked': (e) => e.blocker_id,
  'user.muted': (e) => e.muter_id,
  'user.unmuted': (e) => e.muter_id,
  'media.uploaded': (e) => e.post_id ?? e.owner_id,
  'media.ready': (e) => e.post_id ?? e.owner_id,
  'media.failed': (e) => e.post_id ?? e.owner_id,
  'media.avif_wanted': (e) => e.media_id,
  'post.published': (e) => e.post_id,
  'post.edited': (e) => e.post_id,
  'post.failed': (e) => e.post_id,
  'post.deleted': (e) => e.post_id,
  'post.liked': (e) => e.post_id,
  'post.unliked': (e) => e.post_id,
  'post.saved': (e) => e.user_id,
  'post.unsaved': (e) => e.user_id,
  'comment.created': (e) => e.post_id,
  'comment.deleted': (e) => e.post_id,
  'comment.liked': (e) => e.post_id,
  'comment.unliked': (e) => e.post_id,
  // Interleaves chunks of different authors: one popular author delays nobody.
  'feed.fanout_due': (e) => e.post_id,
}
