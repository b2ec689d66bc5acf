import { type CommentId, limits, type PostId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'
import type { CommentRow } from './comment-store.ts'

/** Behind those that are pinned already; nothing changes for one of them. Its deletion waits until this is committed. */
export async function pinComment(
  db: Sql,
  postId: PostId,
  commentId: CommentId,
): Promise<'pinned' | 'full' | 'gone'> {
  const { rows } = await sql<{ outcome: 'pinned' | 'full' | 'gone' }>`
    with comment as (
      select post_id, comment_id from comments
      where post_id = ${postId} and comment_id = ${commentId} and parent_comment_id is null for key share
    ),
    pinned as (
      insert into comment_pins (post_id, comment_ids) select post_id, array[comment_id] from comment
      on conflict (post_id) do update set comment_ids =
        case when ${commentId} = any(comment_pins.comment_ids) then comment_pins.comment_ids
             else array_append(comment_pins.comment_ids, ${commentId}) end
      where ${commentId} = any(comment_pins.comment_ids)
        or cardinality(comment_pins.comment_ids) < ${limits.pinnedComments}
      returning post_id
    )
    select case when exists (select from pinned) then 'pinned'
                when exists (select from comment) then 'full' else 'gone' end as outcome`.execute(db)
  return rows[0]?.outcome ?? 'gone'
}

export async function unpinComment(db: Sql, postId: PostId, commentId: CommentId): Promise<void> {
  await sql`
    update comment_pins set comment_ids = array_remove(comment_ids, ${commentId})
    where post_id = ${postId} and ${commentId} = any(comment_ids)`.execute(db)
}

/** In the order in which they were pinned. */
export async function readPinned(db: Sql, postId: PostId): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select comments.post_id, comment_id, parent_comment_id, user_id, text, facets, true as pinned
    from comment_pins cross join unnest(comment_ids) with ordinality as pin (comment_id, place)
    join comments using (comment_id)
    where comment_pins.post_id = ${postId} and comments.post_id = ${postId} order by place`.execute(db)
  return rows
}
