import type { CommentId, Facet, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
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

/** False where the id is taken: an attempt before this one got as far as here. */
export async function insertComment(tx: Tx, comment: CommentRow): Promise<boolean> {
  const { post_id, comment_id, parent_comment_id, user_id, text, facets } = comment
  const { rows } = await sql`
    with way as (
      insert into comment_posts (comment_id, post_id) values (${comment_id}, ${post_id})
      on conflict do nothing returning comment_id
    )
    insert into comments (post_id, comment_id, parent_comment_id, user_id, text, facets)
    select ${post_id}::uuid, comment_id, ${parent_comment_id}::uuid, ${user_id}::uuid, ${text}::text,
           ${JSON.stringify(facets)}::text::jsonb
    from way returning comment_id`.execute(tx)
  return rows.length > 0
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

/** Reads a comment and keeps it from being deleted until the transaction ends. */
export async function keepComment(
  tx: Tx,
  postId: PostId,
  commentId: CommentId,
): Promise<CommentRow | undefined> {
  const { rows } = await sql<CommentRow>`
    select ${columns} from comments where post_id = ${postId} and comment_id = ${commentId}
    for key share`.execute(tx)
  return rows[0]
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
