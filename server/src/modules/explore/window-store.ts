import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement } from '../../engines/db/port.ts'
import type { Reason } from './blend.ts'

export const phases = { chosen: 0, newest: 1, again: 2 } as const
export type Phase = (typeof phases)[keyof typeof phases]

/** What windows are of. */
export const kinds = { explore: 0, reels: 1 } as const
export type Kind = keyof typeof kinds

export interface Window {
  number: number
  post_ids: PostId[]
  reasons: Reason[]
  phase: Phase
  before: PostId | null
}
export interface WindowKey {
  user_id: UserId
  session_id: string
  number: number
}

export async function readWindow(db: Sql, key: WindowKey): Promise<Window | undefined> {
  const [row] = await selectWindow(db, key.user_id, key.session_id, key.number)
  return row
}
const selectWindow = statement<Window>(`
  select number, post_ids, reasons, phase, before from explore_windows
  where user_id = $1 and session_id = $2 and number = $3`)

/** Windows kept of one member, of each kind. */
export const KEPT = 40

/** Where there is one by that number already it stays, and its order is the right one: answers which it is. */
export async function saveWindow(
  db: Sql,
  kind: Kind,
  { user_id, session_id }: Omit<WindowKey, 'number'>,
  { number, post_ids, reasons, phase, before }: Window,
): Promise<Window> {
  const { rows } = await sql`
    with old as (
      delete from explore_windows where user_id = ${user_id} and (session_id, number) in (
        select session_id, number from explore_windows where user_id = ${user_id} and kind = ${kinds[kind]}
        order by session_id desc, number desc offset ${KEPT - 1})
    )
    insert into explore_windows (user_id, session_id, number, kind, post_ids, reasons, phase, before)
    values (${user_id}, ${session_id}, ${number}, ${kinds[kind]}, ${post_ids}::uuid[], ${JSON.stringify(reasons)}::text::jsonb,
            ${phase}, ${before})
    on conflict do nothing returning number`.execute(db)
  const made = { number, post_ids, reasons, phase, before }
  return rows.length > 0 ? made : ((await readWindow(db, { user_id, session_id, number })) ?? made)
}

/** So many of a window were on the member's screen. */
export async function markShown(db: Sql, key: WindowKey, shown: number): Promise<void> {
  await noteShown(db, key.user_id, key.session_id, key.number, shown)
}
const noteShown = statement(`
  update explore_windows set shown = greatest(shown, $4) where user_id = $1 and session_id = $2 and number = $3`)

/** What a member has been shown, as far as it is remembered, and all that stands in this session's windows. */
export async function readMemory(
  db: Sql,
  kind: Kind,
  userId: UserId,
  sessionId: string,
): Promise<{ seen: Set<PostId>; session: PostId[] }> {
  const rows = await selectMemory(db, userId, sessionId, kinds[kind])
  const session = rows.filter((row) => row.own).flatMap((row) => row.post_ids)
  return { seen: new Set(rows.flatMap((row) => row.post_ids)), session }
}
const selectMemory = statement<{ own: boolean; post_ids: PostId[] }>(`
  select session_id = $2 as own, case when session_id = $2 then post_ids else post_ids[1:shown] end as post_ids
  from explore_windows where user_id = $1 and kind = $3 order by session_id, number`)

/** Visits that began before a moment; of each member something may be forgotten with them. True where there may be more. */
export async function forgetWindows(db: Sql, before: string, limit: number): Promise<boolean> {
  const { rows } = await sql`
    delete from explore_windows where (user_id, session_id, number) in (
      select user_id, session_id, number from explore_windows where session_id < ${before}::uuid
      order by session_id limit ${limit})
    returning number`.execute(db)
  return rows.length === limit
}

export async function eraseWindows(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from explore_windows where user_id = ${userId}`.execute(db)
}
