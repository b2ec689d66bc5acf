import type { CommentId, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

/** What one deed adds to the counters of a post, or of a comment of it (whose `comments` are its replies). */
export interface CounterChange {
  post_id: PostId
  /** Who did it, and is to see it counted at once. */
  user_id: UserId
  change_id: string
  comment_id: CommentId | null
  likes: number
  comments: number
}
export interface PostCounters {
  post_id: PostId
  likes_count: number
  comments_count: number
}
export interface CommentState {
  comment_id: CommentId
  likes_count: number
  replies_count: number
  liked: boolean
}

/** Written in the transaction of the deed. */
export async function noteChanges(tx: Tx, changes: readonly CounterChange[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into counter_changes (post_id, user_id, change_id, comment_id, likes, comments)
    select * from unnest(${changes.map((c) => c.post_id)}::uuid[], ${changes.map((c) => c.user_id)}::uuid[],
                         ${changes.map((c) => c.change_id)}::uuid[], ${changes.map((c) => c.comment_id)}::uuid[],
                         ${changes.map((c) => c.likes)}::int[], ${changes.map((c) => c.comments)}::int[])`.execute(
    tx,
  )
}

/**
 * Moves what waits for these posts into their counters, and answers those posts that were erased. One statement, so
 * that a change is taken by exactly one of two that do this at once, and a second call finds nothing.
 */
export async function applyChanges(db: Handle, postIds: readonly PostId[]): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId; erased: boolean }>`
    with taken as (
      delete from counter_changes where post_id = any(${postIds}::uuid[])
      returning post_id, comment_id, likes, comments
    ), of_comments as (
      insert into comment_counters (post_id, comment_id, likes_count, comments_count)
      select post_id, comment_id, sum(likes), sum(comments) from taken
      where comment_id is not null group by post_id, comment_id order by post_id, comment_id
      on conflict (post_id, comment_id) do update set
        likes_count = comment_counters.likes_count + excluded.likes_count,
        comments_count = comment_counters.comments_count + excluded.comments_count
    )
    insert into post_counters (post_id, likes_count, comments_count)
    select post_id, coalesce(sum(likes) filter (where comment_id is null), 0),
                    coalesce(sum(comments) filter (where comment_id is null), 0)
    from taken group by post_id order by post_id
    on conflict (post_id) do update set
      likes_count = post_counters.likes_count + excluded.likes_count,
      comments_count = post_counters.comments_count + excluded.comments_count
    returning post_id, erased`.execute(db)
  return rows.filter((row) => row.erased).map((row) => row.post_id)
}

/** With what the viewer did and is not counted yet. Posts that nobody ever liked or commented on are absent. */
export async function readCounters(
  db: Handle,
  postIds: readonly PostId[],
  viewerId: UserId | null,
): Promise<PostCounters[]> {
  const { rows } = await sql<PostCounters>`
    select post_id, sum(likes)::int as likes_count, sum(comments)::int as comments_count from (
      select post_id, likes_count as likes, comments_count as comments from post_counters
      where post_id = any(${postIds}::uuid[])
      union all
      select post_id, likes, comments from counter_changes
      where post_id = any(${postIds}::uuid[]) and user_id = ${viewerId}::uuid and comment_id is null
    ) counted group by post_id`.execute(db)
  return rows
}

/** Counters of comments of one post and whether the viewer likes them; comments without either are absent. */
export async function readCommentState(
  db: Handle,
  postId: PostId,
  commentIds: readonly CommentId[],
  viewerId: UserId | null,
): Promise<CommentState[]> {
  const { rows } = await sql<CommentState>`
    select comment_id, sum(likes)::int as likes_count, sum(comments)::int as replies_count, bool_or(liked) as liked
    from (
      select comment_id, likes_count as likes, comments_count as comments, false as liked from comment_counters
      where post_id = ${postId} and comment_id = any(${commentIds}::uuid[])
      union all
      select comment_id, likes, comments, false from counter_changes
      where post_id = ${postId} and user_id = ${viewerId}::uuid and comment_id = any(${commentIds}::uuid[])
      union all
      select comment_id, 0, 0, true from comment_likes
      where post_id = ${postId} and comment_id = any(${commentIds}::uuid[]) and user_id = ${viewerId}::uuid
    ) counted group by comment_id`.execute(db)
  return rows
}

/** Posts for which changes wait: what a consumer that gave up left behind. */
export async function waitingPosts(db: Handle, limit: number): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select distinct post_id from counter_changes limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

/**
 * Counts anew from likes and comments. Only in a serializable transaction: its statements must see one state, or a
 * like given in between would be counted twice.
 */
export async function recount(tx: Tx, postIds: readonly PostId[]): Promise<void> {
  const among = sql`post_id = any(${postIds}::uuid[])`
  await sql`delete from counter_changes where ${among}`.execute(tx)
  await sql`
    insert into post_counters (post_id, likes_count, comments_count)
    select id, (select count(*) from likes where post_id = id), (select count(*) from comments where post_id = id)
    from unnest(${postIds}::uuid[]) as id
    on conflict (post_id) do update set
      likes_count = excluded.likes_count, comments_count = excluded.comments_count`.execute(tx)
  await sql`delete from comment_counters where ${among}`.execute(tx)
  await sql`
    insert into comment_counters (post_id, comment_id, likes_count, comments_count)
    select post_id, comment_id, sum(likes), sum(replies) from (
      select post_id, comment_id, 1 as likes, 0 as replies from comment_likes where ${among}
      union all
      select post_id, parent_comment_id, 0, 1 from comments where ${among} and parent_comment_id is not null
    ) counted group by post_id, comment_id`.execute(tx)
}

/** What waits for comments that go, and their counters. */
export async function dropCommentCounters(
  tx: Tx,
  postId: PostId,
  commentIds: readonly CommentId[],
): Promise<void> {
  const these = sql`post_id = ${postId} and comment_id = any(${commentIds}::uuid[])`
  await sql`delete from counter_changes where ${these}`.execute(tx)
  await sql`delete from comment_counters where ${these}`.execute(tx)
}
