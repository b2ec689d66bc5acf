import type { LiveCommentId, LiveId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface CommentRow {
  live_id: LiveId
  comment_id: LiveCommentId
  user_id: UserId
  text: string
  /** Its host holds back what its writer does. */
  held: boolean
}

/** Newest first; of those that are held, the viewer's own, or `all`. */
export async function lastComments(
  db: Sql,
  id: LiveId,
  viewer: { id: UserId | null; all: boolean },
  limit: number,
): Promise<CommentRow[]> {
  const { rows } = await sql<CommentRow>`
    select live_id, comment_id, user_id, text, held from live_comments where live_id = ${id}
    and (not held or ${viewer.all} or user_id = ${viewer.id})
    order by comment_id desc limit ${limit}`.execute(db)
  return rows
}

export async function readComment(
  db: Sql,
  id: LiveId,
  commentId: LiveCommentId,
): Promise<CommentRow | undefined> {
  const { rows } = await sql<CommentRow>`
    select live_id, comment_id, user_id, text, held from live_comments
    where live_id = ${id} and comment_id = ${commentId}`.execute(db)
  return rows[0]
}

/**
 * `spoken`: it is written. Else it has not begun, is over, its comments are closed, or the member has spoken less than the live's
 * slow mode ago (`slow`), which its host and moderators may.
 */
export async function insertComment(
  db: Sql,
  comment: CommentRow,
  { now, free }: { now: Date; free: boolean },
): Promise<'spoken' | 'slow' | 'closed' | 'waiting' | 'over'> {
  const { live_id, comment_id, user_id, text, held } = comment
  const { rows } = await sql<{ status: string; open: boolean; spoken: boolean }>`
    with live as (
      select live_id, status, comments_open, slow_seconds from lives where live_id = ${live_id}
    ), spoken as (
      insert into live_talkers as t (live_id, user_id, spoke_at)
      select live_id, ${user_id}::uuid, ${now} from live where status = 'live' and comments_open
      on conflict (live_id, user_id) do update set spoke_at = excluded.spoke_at
      where ${free} or t.spoke_at <= excluded.spoke_at - make_interval(secs => (select slow_seconds from live))
      returning live_id
    ), said as (
      insert into live_comments (live_id, comment_id, user_id, text, held)
      select live_id, ${comment_id}::uuid, ${user_id}::uuid, ${text}, ${held} from spoken
      on conflict do nothing
    )
    select status, comments_open as open, exists (select from spoken) as spoken from live`.execute(db)
  const [found] = rows
  if (found?.spoken) return 'spoken'
  if (found?.status === 'waiting') return 'waiting'
  if (found?.status !== 'live') return 'over'
  return found.open ? 'slow' : 'closed'
}

/** False where it is not held, or gone. */
export async function approveComment(db: Sql, id: LiveId, commentId: LiveCommentId): Promise<boolean> {
  const { rows } = await sql`
    update live_comments set held = false where live_id = ${id} and comment_id = ${commentId} and held
    returning comment_id`.execute(db)
  return rows.length > 0
}

/** False where it is gone. */
export async function deleteComment(tx: Tx, id: LiveId, commentId: LiveCommentId): Promise<boolean> {
  const { rows } = await sql`
    with pinned as (
      update lives set pinned_id = null where live_id = ${id} and pinned_id = ${commentId}
    )
    delete from live_comments where live_id = ${id} and comment_id = ${commentId} returning comment_id`.execute(
    tx,
  )
  return rows.length > 0
}
