import type { CommentId, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

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

/** True where it was not there yet. */
export async function addLike(tx: Tx, like: PostLike & { like_id: string }): Promise<boolean> {
  const { rows } = await sql`
    insert into likes (post_id, user_id, like_id) values (${like.post_id}, ${like.user_id}, ${like.like_id})
    on conflict do nothing returning post_id`.execute(tx)
  return rows.length > 0
}

/** True where it was there. */
export async function removeLike(tx: Tx, { post_id, user_id }: PostLike): Promise<boolean> {
  const { rows } = await sql`
    delete from likes where post_id = ${post_id} and user_id = ${user_id} returning post_id`.execute(tx)
  return rows.length > 0
}

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
export async function standingLikes(db: Handle, likes: readonly PostLike[]): Promise<PostLike[]> {
  const { rows } = await sql<PostLike>`
    select post_id, user_id from likes
    where (post_id, user_id) in (select * from unnest(
      ${likes.map((like) => like.post_id)}::uuid[], ${likes.map((like) => like.user_id)}::uuid[]))`.execute(
    db,
  )
  return rows
}

/** Likes a comment that still stands; true where it was not liked yet. */
export async function addCommentLike(tx: Tx, like: CommentLike): Promise<boolean> {
  // The lock keeps the comment from being deleted before this like, and what counts it, is committed.
  const { rows } = await sql`
    with liked as (
      select post_id, comment_id from comments
      where post_id = ${like.post_id} and comment_id = ${like.comment_id} for key share
    )
    insert into comment_likes (post_id, comment_id, user_id)
    select post_id, comment_id, ${like.user_id}::uuid from liked
    on conflict do nothing returning post_id`.execute(tx)
  return rows.length > 0
}

export async function removeCommentLike(tx: Tx, like: CommentLike): Promise<boolean> {
  const { rows } = await sql`
    delete from comment_likes
    where post_id = ${like.post_id} and comment_id = ${like.comment_id} and user_id = ${like.user_id}
    returning post_id`.execute(tx)
  return rows.length > 0
}

export async function standingCommentLikes(
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
