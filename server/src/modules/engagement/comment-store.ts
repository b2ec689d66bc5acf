import type { CommentId, Facet, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'
import { commentCounters, postCounters } from './counter-store.ts'

type Handle = Sql | Tx

/** When it was written stands in the id. */
export interface CommentRow {
  post_id: PostId
  comment_id: CommentId
  parent_comment_id: CommentId | null
  user_id: UserId
  text: string
  facets: Facet[]
  /** Only its writer and the post's author see it (see held-store.ts). */
  held?: boolean
  /** It is held because the post's author restricts its writer, who is not told. */
  restricted?: boolean
  /** Of a restricted one: by its writer. */
  liked?: boolean
  pinned?: boolean
  /** By moderators. */
  removed?: boolean
}

export const columns = sql`post_id, comment_id, parent_comment_id, user_id, text, facets`
const standing = sql`${columns}, removed_at is not null as removed`

/** `taken`: its id is, an attempt before this one got as far as here. `orphaned`: the comment it answers is gone. */
export type Written = 'written' | 'taken' | 'orphaned'

/** A top-level comment. `change_id` names what it adds to the counters of its post. */
export type NewTopComment = Omit<CommentRow, 'parent_comment_id'> & { change_id: string }

export interface NewReply extends CommentRow {
  parent_comment_id: CommentId
  /** Name what it adds to the counters of its post and of its top-level comment. */
  change_ids: readonly [ofPost: string, ofParent: string]
}

/** Top-level comments and what they count for. Answers the places (from 1) of those that were not there. */
export const writingComments = (comments: readonly NewTopComment[]): Change<{ place: number }> => ({
  change: sql`
    draft as (
      select * from unnest(
        ${comments.map((comment) => comment.post_id)}::uuid[], ${comments.map((comment) => comment.comment_id)}::uuid[],
        ${comments.map((comment) => comment.user_id)}::uuid[], ${comments.map((comment) => comment.text)}::text[],
        ${comments.map((comment) => JSON.stringify(comment.facets))}::text[],
        ${comments.map((comment) => comment.change_id)}::uuid[]
      ) with ordinality as draft (post_id, comment_id, user_id, text, facets, change_id, place)
    ),
    way as (
      insert into comment_posts (comment_id, post_id) select comment_id, post_id from draft
      order by comment_id on conflict do nothing returning comment_id
    ),
    done as (
      select distinct on (comment_id) draft.* from draft join way using (comment_id) order by comment_id, place
    ),
    written as (
      insert into comments (post_id, comment_id, parent_comment_id, user_id, text, facets)
      select post_id, comment_id, null, user_id, text, facets::jsonb from done
    ),
    counted as (${postCounters.adding(sql`select post_id, user_id, change_id, 0, 1 from done`)})`,
  answer: sql`select place::int from done`,
})

/** The same for a reply, which keeps its top-level comment from being deleted until it is committed. */
export function writingReply(reply: NewReply): Change<{ outcome: Written }> {
  const { post_id, comment_id, parent_comment_id, user_id, text, facets } = reply
  const [ofPost, ofParent] = reply.change_ids
  const change = sql`
    held as (
      select post_id from comments where post_id = ${post_id} and comment_id = ${parent_comment_id} for key share
    ),
    way as (
      insert into comment_posts (comment_id, post_id) select ${comment_id}::uuid, post_id from held
      on conflict do nothing returning comment_id, post_id
    ),
    done as (
      insert into comments (post_id, comment_id, parent_comment_id, user_id, text, facets)
      select post_id, comment_id, ${parent_comment_id}::uuid, ${user_id}::uuid, ${text}::text,
             ${JSON.stringify(facets)}::text::jsonb
      from way returning post_id, user_id
    ),
    counted as (${postCounters.adding(sql`select post_id, user_id, ${ofPost}::uuid, 0, 1 from done`)}),
    counted_there as (
      ${commentCounters.adding(
        sql`select post_id, ${parent_comment_id}::uuid, user_id, ${ofParent}::uuid, 0, 1 from done`,
      )}
    )`
  const answer = sql<{ outcome: Written }>`
    select case when exists (select from done) then 'written'
                when exists (select from held) then 'taken' else 'orphaned' end as outcome`
  return { change, answer }
}

export async function postOfComment(db: Handle, commentId: CommentId): Promise<PostId | undefined> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from comment_posts where comment_id = ${commentId}
    union all select post_id from held_comments where comment_id = ${commentId} limit 1`.execute(db)
  return rows[0]?.post_id
}

export async function readComments(
  db: Handle,
  refs: readonly { post_id: PostId; comment_id: CommentId }[],
): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select ${standing} from comments
    where (post_id, comment_id) in (select * from unnest(
      ${refs.map((ref) => ref.post_id)}::uuid[], ${refs.map((ref) => ref.comment_id)}::uuid[]))`.execute(db)
  return rows
}

/** Those of the comments that stand. */
export async function existingComments(
  db: Handle,
  refs: readonly { post_id: PostId; comment_id: CommentId }[],
): Promise<CommentId[]> {
  const { rows } = await sql<{ comment_id: CommentId }>`
    select comment_id from comments
    where removed_at is null and (post_id, comment_id) in (select * from unnest(
      ${refs.map((ref) => ref.post_id)}::uuid[], ${refs.map((ref) => ref.comment_id)}::uuid[]))`.execute(db)
  return rows.map((row) => row.comment_id)
}

/** Oldest first: the top-level comments of a post but for the pinned, or the replies under one of them, with those of the viewer's that are held. */
export async function pageComments(
  db: Handle,
  postId: PostId,
  parentId: CommentId | null,
  page: { viewerId: UserId | null; after: CommentId | undefined; limit: number },
): Promise<CommentRow[]> {
  const level =
    parentId === null ? sql`parent_comment_id is null` : sql`parent_comment_id = ${parentId}::uuid`
  const pinned =
    parentId === null
      ? sql`and comment_id <> all(coalesce(
          (select comment_ids from comment_pins where post_id = ${postId}), '{}'::uuid[]))`
      : sql``
  const above = page.after === undefined ? sql`` : sql`and comment_id > ${page.after}::uuid`
  const { rows } = await sql<CommentRow>`
    select ${standing}, false as held, false as restricted, false as liked from comments where post_id = ${postId} and ${level} ${above} ${pinned}
    union all
    select ${columns}, false as removed, true as held, restricted, liked from held_comments
    where post_id = ${postId} and user_id = ${page.viewerId}::uuid and ${level} ${above}
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
    with likes as (delete from comment_likes where post_id = ${postId} and comment_id = any(${ids}::uuid[])),
    held as (delete from held_comments where post_id = ${postId} and parent_comment_id = ${commentId}),
    pinned as (
      update comment_pins set comment_ids = array_remove(comment_ids, ${commentId})
      where post_id = ${postId} and ${commentId} = any(comment_ids)
    )
    delete from comment_posts where comment_id = any(${ids}::uuid[])`.execute(tx)
  return ids
}

/** Answers the comment as it is then; undefined where it is gone, or is so already. One that is removed is pinned no longer. */
export async function setRemoved(
  tx: Tx,
  { post_id, comment_id }: Pick<CommentRow, 'post_id' | 'comment_id'>,
  at: Date | null,
): Promise<CommentRow | undefined> {
  const { rows } = await sql<CommentRow>`
    with pinned as (
      update comment_pins set comment_ids = array_remove(comment_ids, ${comment_id})
      where post_id = ${post_id} and ${at !== null}
    )
    update comments set removed_at = ${at}
    where post_id = ${post_id} and comment_id = ${comment_id} and (removed_at is null) = ${at !== null}
    returning ${standing}`.execute(tx)
  return rows[0]
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
    where post_id = ${postId} and user_id = ${userId} and removed_at is null and facets @> '[{"type":"hashtag"}]'
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
