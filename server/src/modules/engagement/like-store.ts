import type { CommentId, PostId, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
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

/** A change of a like, with what is told of it (see EventLog.appending; the deed is called `liked`). */
export interface LikeDeed extends PostLike {
  /** Names the like, or its taking back, among the changes that wait to be counted. */
  deed_id: string
  told: RawBuilder<unknown>
}

/** Changes of likes that are made together, with what is told of them (see EventLog.appendingEach; the relation is called `liked`). */
export interface LikeDeeds {
  deeds: readonly Omit<LikeDeed, 'told'>[]
  told: RawBuilder<unknown>
}

export interface CommentLikeDeed extends CommentLike, LikeDeed {}

/** Each like, its count and its fact, all or nothing and in one round trip. Answers the counts with them, in the order given. */
export async function addLikes(db: Handle, { deeds, told }: LikeDeeds): Promise<number[]> {
  // In one order, or two statements with the same likes in them could wait for each other.
  const liked = sql`
    insert into likes (post_id, user_id, like_id) select post_id, user_id, deed_id from deed
    order by post_id, user_id on conflict do nothing returning post_id, user_id`
  return changeLikes(db, liked, { deeds, told }, 1)
}

export async function removeLikes(db: Handle, { deeds, told }: LikeDeeds): Promise<number[]> {
  const liked = sql`
    delete from likes using deed where likes.post_id = deed.post_id and likes.user_id = deed.user_id
    returning likes.post_id, likes.user_id`
  return changeLikes(db, liked, { deeds, told }, -1)
}

/**
 * `told` tells of the places (from 1) in the relation `liked`. Of two equal deeds the first one counts. The counters are read as they
 * were before the statement, so what it changes is added here.
 */
async function changeLikes(
  db: Handle,
  changed: RawBuilder<unknown>,
  { deeds, told }: LikeDeeds,
  by: 1 | -1,
): Promise<number[]> {
  const { rows } = await sql<{ likes_count: number }>`
    with deed as (
      select * from unnest(
        ${deeds.map((deed) => deed.post_id)}::uuid[], ${deeds.map((deed) => deed.user_id)}::uuid[],
        ${deeds.map((deed) => deed.deed_id)}::uuid[]
      ) with ordinality as deed (post_id, user_id, deed_id, place)
    ),
    changed as (${changed}),
    liked as (
      select distinct on (post_id, user_id) post_id, user_id, deed_id, place
      from deed join changed using (post_id, user_id) order by post_id, user_id, place
    ),
    counted as (
      insert into counter_changes (post_id, user_id, change_id, comment_id, likes, comments)
      select post_id, user_id, deed_id, null, ${by}::int, 0 from liked
    ),
    told as (${told})
    select (coalesce((select likes_count from post_counters where post_id = deed.post_id), 0)
      + coalesce((select sum(likes) from counter_changes
                  where post_id = deed.post_id and user_id = deed.user_id and comment_id is null), 0)
      + ${by}::int * (select count(*) from changed
                      where post_id = deed.post_id and user_id = deed.user_id))::int as likes_count
    from deed order by place`.execute(db)
  return rows.map((row) => row.likes_count)
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

/** Likes a comment and answers its count; undefined where the comment is gone. */
export async function addCommentLike(db: Handle, deed: CommentLikeDeed): Promise<number | undefined> {
  // The lock keeps the comment from being deleted before this like, and what counts it, is committed.
  const held = sql`
    held as (
      select post_id, comment_id from comments
      where post_id = ${deed.post_id} and comment_id = ${deed.comment_id} for key share
    ),`
  const liked = sql`
    insert into comment_likes (post_id, comment_id, user_id)
    select post_id, comment_id, ${deed.user_id}::uuid from held on conflict do nothing returning post_id, comment_id`
  return changeCommentLike(db, { held, liked }, deed, 1)
}

export async function removeCommentLike(db: Handle, deed: CommentLikeDeed): Promise<number> {
  const liked = sql`
    delete from comment_likes
    where post_id = ${deed.post_id} and comment_id = ${deed.comment_id} and user_id = ${deed.user_id}
    returning post_id, comment_id`
  return (await changeCommentLike(db, { held: undefined, liked }, deed, -1)) ?? 0
}

/** As for posts, see changeLike. */
async function changeCommentLike(
  db: Handle,
  { held, liked }: { held: RawBuilder<unknown> | undefined; liked: RawBuilder<unknown> },
  { post_id, comment_id, user_id, deed_id, told }: CommentLikeDeed,
  by: 1 | -1,
): Promise<number | undefined> {
  const { rows } = await sql<{ likes_count: number }>`
    with ${held ?? sql``} liked as (${liked}),
    counted as (
      insert into counter_changes (post_id, user_id, change_id, comment_id, likes, comments)
      select post_id, ${user_id}::uuid, ${deed_id}::uuid, comment_id, ${by}::int, 0 from liked
    ),
    told as (${told})
    select (coalesce((select likes_count from comment_counters
                      where post_id = ${post_id} and comment_id = ${comment_id}), 0)
      + coalesce((select sum(likes) from counter_changes
                  where post_id = ${post_id} and user_id = ${user_id} and comment_id = ${comment_id}), 0)
      + ${by}::int * (select count(*) from liked))::int as likes_count
    ${held ? sql`from held` : sql``}`.execute(db)
  return rows[0]?.likes_count
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
