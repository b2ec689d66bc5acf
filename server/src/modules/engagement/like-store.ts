import type { CommentId, PostId, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'
import { commentCounters, postCounters } from './counter-store.ts'

type Handle = Sql | Tx

export interface LikeRow {
  user_id: UserId
  like_id: string
}
export interface PostLike {
  post_id: PostId
  user_id: UserId
}
export interface CommentLike extends PostLike {
  comment_id: CommentId
}

/** Names the like, or its taking back, among the changes that wait to be counted. */
type ChangeId = { change_id: string }
export type LikeChange = PostLike & ChangeId
export type CommentLikeChange = CommentLike & ChangeId
interface Count {
  likes_count: number
}

/** Likes and what they count for. Answers the counts with them, in the order given. */
export function addingLikes(likes: readonly LikeChange[]): Change<Count> {
  // In one order, or two statements with the same likes in them could wait for each other.
  const changed = sql`
    insert into likes (post_id, user_id, like_id) select post_id, user_id, change_id from wanted
    order by post_id, user_id on conflict do nothing returning post_id, user_id`
  return changingLikes(changed, likes, 1)
}

export function removingLikes(likes: readonly LikeChange[]): Change<Count> {
  const changed = sql`
    delete from likes using wanted where likes.post_id = wanted.post_id and likes.user_id = wanted.user_id
    returning likes.post_id, likes.user_id`
  return changingLikes(changed, likes, -1)
}

/** Of two equal likes the first one counts. The counters are read as they were before, so what is changed is added here. */
const changingLikes = (
  changed: RawBuilder<unknown>,
  likes: readonly LikeChange[],
  by: 1 | -1,
): Change<Count> => ({
  change: sql`
    wanted as (
      select * from unnest(
        ${likes.map((like) => like.post_id)}::uuid[], ${likes.map((like) => like.user_id)}::uuid[],
        ${likes.map((like) => like.change_id)}::uuid[]
      ) with ordinality as wanted (post_id, user_id, change_id, place)
    ),
    changed as (${changed}),
    done as (
      select distinct on (post_id, user_id) post_id, user_id, change_id, place
      from wanted join changed using (post_id, user_id) order by post_id, user_id, place
    ),
    counted as (
      ${postCounters.adding(sql`select post_id, user_id, change_id, ${by}::int, 0 from done`)}
    )`,
  answer: sql`
    select (${postCounters.countFor('likes', [sql`wanted.post_id`], sql`wanted.user_id`)}
      + ${by}::int * (select count(*) from changed
                      where post_id = wanted.post_id and user_id = wanted.user_id))::int as likes_count
    from wanted order by place`,
})

/** Newest first. */
export async function pageLikes(
  db: Handle,
  postId: PostId,
  page: { before: string | undefined; limit: number },
): Promise<LikeRow[]> {
  const below = page.before === undefined ? sql`` : sql`and like_id < ${page.before}::uuid`
  const { rows } = await sql<LikeRow>`
    select user_id, like_id from likes where post_id = ${postId} ${below}
    order by like_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Those of the likes that stand. */
export async function existingLikes(db: Handle, likes: readonly PostLike[]): Promise<PostLike[]> {
  const { rows } = await sql<PostLike>`
    select post_id, user_id from likes
    where (post_id, user_id) in (select * from unnest(
      ${likes.map((like) => like.post_id)}::uuid[], ${likes.map((like) => like.user_id)}::uuid[]))`.execute(
    db,
  )
  return rows
}

/** Likes a comment and answers its count; nothing where the comment is gone. */
export function addingCommentLike(like: CommentLikeChange): Change<Count> {
  // The lock keeps the comment from being deleted before this like, and what counts it, is committed.
  const held = sql`
    held as (
      select post_id, comment_id from comments
      where post_id = ${like.post_id} and comment_id = ${like.comment_id} for key share
    ),`
  const done = sql`
    insert into comment_likes (post_id, comment_id, user_id)
    select post_id, comment_id, ${like.user_id}::uuid from held on conflict do nothing returning post_id, comment_id`
  return changingCommentLike({ held, done }, like, 1)
}

export function removingCommentLike(like: CommentLikeChange): Change<Count> {
  const done = sql`
    delete from comment_likes
    where post_id = ${like.post_id} and comment_id = ${like.comment_id} and user_id = ${like.user_id}
    returning post_id, comment_id`
  return changingCommentLike({ held: undefined, done }, like, -1)
}

/** As for posts, see changingLikes. */
const changingCommentLike = (
  { held, done }: { held: RawBuilder<unknown> | undefined; done: RawBuilder<unknown> },
  { post_id, comment_id, user_id, change_id }: CommentLikeChange,
  by: 1 | -1,
): Change<Count> => ({
  change: sql`
    ${held ?? sql``} done as (${done}),
    counted as (
      ${commentCounters.adding(
        sql`select post_id, comment_id, ${user_id}::uuid, ${change_id}::uuid, ${by}::int, 0 from done`,
      )}
    )`,
  answer: sql`
    select (${commentCounters.countFor('likes', [sql`${post_id}`, sql`${comment_id}`], sql`${user_id}`)}
      + ${by}::int * (select count(*) from done))::int as likes_count
    ${held ? sql`from held` : sql``}`,
})

/** Which of a post's comments a member likes. */
export async function likedComments(
  db: Handle,
  postId: PostId,
  commentIds: readonly CommentId[],
  userId: UserId,
): Promise<Set<CommentId>> {
  const { rows } = await sql<{ comment_id: CommentId }>`
    select comment_id from comment_likes
    where post_id = ${postId} and comment_id = any(${commentIds}::uuid[]) and user_id = ${userId}`.execute(db)
  return new Set(rows.map((row) => row.comment_id))
}

export async function existingCommentLikes(
  db: Handle,
  likes: readonly CommentLike[],
): Promise<CommentLike[]> {
  const { rows } = await sql<CommentLike>`
    select post_id, comment_id, user_id from comment_likes
    where (post_id, comment_id, user_id) in (select * from unnest(
      ${likes.map((like) => like.post_id)}::uuid[], ${likes.map((like) => like.comment_id)}::uuid[],
      ${likes.map((like) => like.user_id)}::uuid[]))`.execute(db)
  return rows
}

/** What a member likes, some of it, in no order: for the erasure of their account. */
export async function someLikesOf(db: Handle, userId: UserId, limit: number): Promise<PostLike[]> {
  const { rows } = await sql<PostLike>`
    select post_id, user_id from likes where user_id = ${userId} limit ${limit}`.execute(db)
  return rows
}

export async function someCommentLikesOf(db: Handle, userId: UserId, limit: number): Promise<CommentLike[]> {
  const { rows } = await sql<CommentLike>`
    select post_id, comment_id, user_id from comment_likes where user_id = ${userId} limit ${limit}`.execute(
    db,
  )
  return rows
}
