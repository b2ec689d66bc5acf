import type { PostId, UserId } from '@tintype/contract'

export interface TimelineEntry {
  post_id: PostId
  author_id: UserId
}

/** Home timelines: per member, the ids of posts pushed to them, newest (highest post id) first. Rebuilt from PostgreSQL when lost. */
export interface TimelineStore {
  /** Adds each of the entries to each of the members' timelines; an entry that is already there stays once. */
  pushMany(userIds: readonly UserId[], entries: readonly TimelineEntry[]): Promise<void>
  /** Up to `limit` entries with ids below `before` (from the top when undefined). */
  page(userId: UserId, options: { before?: PostId; limit: number }): Promise<TimelineEntry[]>
  /** Takes out an author's entries, or single posts, from one timeline. What is `kept` never misses: it stands for who is named there. */
  remove(
    userId: UserId,
    what: { authorId: UserId; kept?: readonly TimelineEntry[] } | { postIds: readonly PostId[] },
  ): Promise<void>
  /** Takes posts out of every timeline. */
  removePosts(postIds: readonly PostId[]): Promise<void>
  /** Keeps the newest `keep` entries of each. */
  trim(userIds: readonly UserId[], keep: number): Promise<void>
  /** Drops whole timelines. */
  clear(userIds: readonly UserId[]): Promise<void>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
