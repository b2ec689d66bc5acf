import type { CommentId, Facet, PostId, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

/** When it was written stands in the id. */
export interface CommentRow {
  post_id: PostId
  comment_id: CommentId
  parent_comment_id: CommentId | null
  user_id: UserId
  text: string
  facets: Facet[]
}

const columns = sql`post_id, comment_id, parent_comment_id, user_id, text, facets`

/** A reply with what is counted and told of it (see EventLog.appending; the deed is called `written`). */
export interface ReplyDeed {
  comment: CommentRow & { parent_comment_id: CommentId }
  /** Name what it adds to the counters of its post and of its top-level comment. */
  change_ids: readonly [ofPost: string, ofParent: string]
  told: RawBuilder<unknown>
}

/** Top-level comments that are written together (see EventLog.appendingEach; the relation is called `fresh`). */
export interface CommentDeeds {
  deeds: readonly {
    comment: Omit<CommentRow, 'parent_comment_id'>
    /** Names what it adds to the counters of its post. */
    change_id: string
  }[]
  told: RawBuilder<unknown>
}

export type Written = 'written' | 'taken' | 'orphaned'

/**
 * One round trip: the comments, what they count for and their facts, all or nothing; an outcome for each, in the order given.
 * `taken`: its id is, an attempt before this one got as far as here.
 */
export async function writeComments(db: Sql, { deeds, told }: CommentDeeds): Promise<Written[]> {
  const comments = deeds.map((deed) => deed.comment)
  const { rows } = await sql<{ place: number }>`
    with deed as (
      select * from unnest(
        ${comments.map((comment) => comment.post_id)}::uuid[], ${comments.map((comment) => comment.comment_id)}::uuid[],
        ${comments.map((comment) => comment.user_id)}::uuid[], ${comments.map((comment) => comment.text)}::text[],
        ${comments.map((comment) => JSON.stringify(comment.facets))}::text[],
        ${deeds.map((deed) => deed.change_id)}::uuid[]
      ) with ordinality as deed (post_id, comment_id, user_id, text, facets, change_id, place)
    ),
    way as (
      insert into comment_posts (comment_id, post_id) select comment_id, post_id from deed
      order by comment_id on conflict do nothing returning comment_id
    ),
    fresh as (
      select distinct on (comment_id) deed.* from deed join way using (comment_id) order by comment_id, place
    ),
    written as (
      insert into comments (post_id, comment_id, parent_comment_id, user_id, text, facets)
      select post_id, comment_id, null, user_id, text, facets::jsonb from fresh
    ),
    counted as (
      insert into counter_changes (post_id, user_id, change_id, comment_id, likes, comments)
      select post_id, user_id, change_id, null, 0, 1 from fresh
    ),
    told as (${told})
    select place::int from fresh`.execute(db)
  const written = new Set(rows.map((row) => row.place))
  return deeds.map((_, index) => (written.has(index + 1) ? 'written' : 'taken'))
}

/**
 * The same for a reply, which keeps its top-level comment from being deleted until it is committed. `orphaned`: that comment is gone.
 */
export async function writeReply(db: Sql, deed: ReplyDeed): Promise<Written> {
  const { post_id, comment_id, parent_comment_id, user_id, text, facets } = deed.comment
  const [ofPost, ofParent] = deed.change_ids
  const { rows } = await sql<{ is_held: boolean; is_written: boolean }>`
    with held as (
      select post_id from comments where post_id = ${post_id} and comment_id = ${parent_comment_id} for key share
    ),
    way as (
      insert into comment_posts (comment_id, post_id) select ${comment_id}::uuid, post_id from held
      on conflict do nothing returning comment_id, post_id
    ),
    written as (
      insert into comments (post_id, comment_id, parent_comment_id, user_id, text, facets)
      select post_id, comment_id, ${parent_comment_id}::uuid, ${user_id}::uuid, ${text}::text,
             ${JSON.stringify(facets)}::text::jsonb
      from way returning post_id, user_id
    ),
    counted as (
      insert into counter_changes (post_id, user_id, change_id, comment_id, likes, comments)
      select post_id, user_id, change.id, change.comment_id, 0, 1
      from written, (
        values (${ofPost}::uuid, null::uuid), (${ofParent}::uuid, ${parent_comment_id}::uuid)
      ) as change (id, comment_id)
    ),
    told as (${deed.told})
    select exists (select from held) as is_held, exists (select from written) as is_written`.execute(db)
  if (rows[0]?.is_written) return 'written'
  return rows[0]?.is_held ? 'taken' : 'orphaned'
}

export async function postOfComment(db: Handle, commentId: CommentId): Promise<PostId | undefined> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from comment_posts where comment_id = ${commentId}`.execute(db)
  return rows[0]?.post_id
}

export async function readComments(
  db: Handle,
  refs: readonly { post_id: PostId; comment_id: CommentId }[],
): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select ${columns} from comments
    where (post_id, comment_id) in (select * from unnest(
      ${refs.map((ref) => ref.post_id)}::uuid[], ${refs.map((ref) => ref.comment_id)}::uuid[]))`.execute(db)
  return rows
}

/** Those of the comments that stand. */
export async function standingComments(
  db: Handle,
  refs: readonly { post_id: PostId; comment_id: CommentId }[],
): Promise<CommentId[]> {
  const { rows } = await sql<{ comment_id: CommentId }>`
    select comment_id from comments
    where (post_id, comment_id) in (select * from unnest(
      ${refs.map((ref) => ref.post_id)}::uuid[], ${refs.map((ref) => ref.comment_id)}::uuid[]))`.execute(db)
  return rows.map((row) => row.comment_id)
}

/** Oldest first: the top-level comments of a post, or the replies under one of them. */
export async function pageComments(
  db: Handle,
  postId: PostId,
  parentId: CommentId | null,
  page: { after: CommentId | undefined; limit: number },
): Promise<CommentRow[]> {
  const level =
    parentId === null ? sql`parent_comment_id is null` : sql`parent_comment_id = ${parentId}::uuid`
  const above = page.after === undefined ? sql`` : sql`and comment_id > ${page.after}::uuid`
  const { rows } = await sql<CommentRow>`
    select ${columns} from comments where post_id = ${postId} and ${level} ${above}
    order by comment_id limit ${page.limit}`.execute(db)
  return rows
}

/**
 * Deletes a comment, its replies and the likes of all of them; answers their ids, the comment's first, or none where
 * it is gone already. The lock first: a reply written meanwhile is waited for, seen, and goes too.
 */
export async function removeThread(tx: Tx, postId: PostId, commentId: CommentId): Promise<CommentId[]> {
  const held = await sql`
    select comment_id from comments where post_id = ${postId} and comment_id = ${commentId} for update`.execute(
    tx,
  )
  if (held.rows.length === 0) return []
  const { rows } = await sql<{ comment_id: CommentId }>`
    delete from comments
    where post_id = ${postId} and (comment_id = ${commentId} or parent_comment_id = ${commentId})
    returning comment_id`.execute(tx)
  const ids = [commentId, ...rows.map((row) => row.comment_id).filter((id) => id !== commentId)]
  await sql`
    with likes as (delete from comment_likes where post_id = ${postId} and comment_id = any(${ids}::uuid[]))
    delete from comment_posts where comment_id = any(${ids}::uuid[])`.execute(tx)
  return ids
}

/** What a member wrote, some of it, in no order: for the erasure of their account. */
export async function someCommentsOf(db: Handle, userId: UserId, limit: number): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select ${columns} from comments where user_id = ${userId} limit ${limit}`.execute(db)
  return rows
}

/** The first texts with hashtags that a member wrote under a post. */
export async function taggedTexts(db: Sql, postId: PostId, userId: UserId, limit: number): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select text from comments
    where post_id = ${postId} and user_id = ${userId} and facets @> '[{"type":"hashtag"}]'
    order by comment_id limit ${limit}`.execute(db)
  return rows.map(({ text }) => text)
}

/** Comments that were cut by an earlier version. */
export async function textsDue(db: Sql, limit: number): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select ${columns} from comments where text_version < 1 order by post_id, comment_id limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function renewText(db: Sql, { post_id, comment_id, text, facets }: CommentRow): Promise<void> {
  await sql`
    update comments set text = ${text}, facets = ${JSON.stringify(facets)}::text::jsonb, text_version = 1
    where post_id = ${post_id} and comment_id = ${comment_id}`.execute(db)
}
