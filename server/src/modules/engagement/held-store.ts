import type { CommentId, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import { type CommentRow, columns } from './comment-store.ts'

type Handle = Sql | Tx

export interface HeldRow extends CommentRow {
  /** Of the post. */
  author_id: UserId
  /** Who wrote what it answers. */
  answered_user_id: UserId | null
}

const heldColumns = sql`${columns}, author_id, answered_user_id, restricted, liked, true as held`

/** Answers what `writingReply` does. What a reply answers is kept from being deleted until it is committed. */
export async function holdComment(db: Handle, comment: HeldRow): Promise<'written' | 'taken' | 'orphaned'> {
  const { post_id, comment_id, parent_comment_id, user_id, author_id, answered_user_id, text, facets } =
    comment
  const { restricted = false } = comment
  const { rows } = await sql<{ outcome: 'written' | 'taken' | 'orphaned' }>`
    with parent as (
      select from comments where post_id = ${post_id} and comment_id = ${parent_comment_id} for key share
    ),
    own as (
      select from held_comments
      where post_id = ${post_id} and comment_id = ${parent_comment_id} and user_id = ${user_id} for key share
    ),
    held as (
      insert into held_comments (
        post_id, comment_id, parent_comment_id, user_id, author_id, answered_user_id, text, facets, restricted)
      select ${post_id}::uuid, ${comment_id}::uuid, ${parent_comment_id}::uuid, ${user_id}::uuid, ${author_id}::uuid,
        ${answered_user_id}::uuid, ${text}::text, ${JSON.stringify(facets)}::text::jsonb, ${restricted}::boolean
      where ${parent_comment_id === null} or exists (select from parent) or exists (select from own)
      on conflict do nothing returning comment_id
    )
    select case when exists (select from held) then 'written'
                when ${parent_comment_id === null} or exists (select from parent) or exists (select from own) then 'taken'
                else 'orphaned' end as outcome`.execute(db)
  return rows[0]?.outcome ?? 'orphaned'
}

export async function readHeld(
  db: Handle,
  refs: readonly { post_id: PostId; comment_id: CommentId }[],
): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select ${heldColumns} from held_comments
    where (post_id, comment_id) in (select * from unnest(
      ${refs.map((ref) => ref.post_id)}::uuid[], ${refs.map((ref) => ref.comment_id)}::uuid[]))`.execute(db)
  return rows
}

/** Deletes it and answers it; undefined where it is not held any more. */
export async function takeHeld(
  db: Handle,
  postId: PostId,
  commentId: CommentId,
): Promise<HeldRow | undefined> {
  const { rows } = await sql<HeldRow>`
    delete from held_comments where post_id = ${postId} and comment_id = ${commentId}
    returning ${heldColumns}`.execute(db)
  return rows[0]
}

/** Deletes it with what its writer answered to it, answers first, as they are approved; false where it is not held any more. */
export async function dropHeld(db: Handle, postId: PostId, commentId: CommentId): Promise<boolean> {
  const { rows } = await sql<{ comment_id: CommentId }>`
    with those as (
      select comment_id from held_comments
      where post_id = ${postId} and (comment_id = ${commentId} or parent_comment_id = ${commentId})
      order by comment_id desc for update
    )
    delete from held_comments h using those where h.post_id = ${postId} and h.comment_id = those.comment_id
    returning h.comment_id`.execute(db)
  return rows.some((row) => row.comment_id === commentId)
}

/** By its writer, who does not know that it is held; false where it is not held any more. */
export async function likeHeld(
  db: Handle,
  postId: PostId,
  commentId: CommentId,
  liked: boolean,
): Promise<boolean> {
  const { rows } = await sql`
    update held_comments set liked = ${liked} where post_id = ${postId} and comment_id = ${commentId}
    returning comment_id`.execute(db)
  return rows.length > 0
}

/** Of an author's posts, or of one of them; newest first. */
export async function pageHeld(
  db: Sql,
  authorId: UserId,
  page: { postId: PostId | undefined; before: CommentId | undefined; limit: number },
): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select ${columns}, true as held, restricted, liked from held_comments
    where author_id = ${authorId}
      ${page.postId === undefined ? sql`` : sql`and post_id = ${page.postId}::uuid`}
      ${page.before === undefined ? sql`` : sql`and comment_id < ${page.before}::uuid`}
    order by comment_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** All that a member wrote. */
export async function eraseHeldOf(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from held_comments where user_id = ${userId}`.execute(db)
}
