import type { RecentId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface RecentRow {
  recent_id: RecentId
  kind: 'text' | 'user' | 'label'
  value: string
}

/** Last first. */
export async function recentsOf(db: Sql, userId: UserId): Promise<RecentRow[]> {
  const { rows } = await sql<RecentRow>`
    select recent_id, kind, value from search_recents where user_id = ${userId} order by recent_id desc`.execute(
    db,
  )
  return rows
}

/** The same again takes the place of what it was; the last `keep` stay. */
export async function addRecent(tx: Tx, userId: UserId, row: RecentRow, keep: number): Promise<void> {
  await sql`
    insert into search_recents (user_id, recent_id, kind, value)
    values (${userId}, ${row.recent_id}, ${row.kind}, ${row.value})
    on conflict (user_id, kind, value) do update set recent_id = excluded.recent_id`.execute(tx)
  await sql`
    delete from search_recents where user_id = ${userId} and recent_id < (
      select min(recent_id::text)::uuid from (
        select recent_id from search_recents where user_id = ${userId} order by recent_id desc limit ${keep}) kept)`.execute(
    tx,
  )
}

/** Answers whether there was one. */
export async function removeRecents(db: Sql, userId: UserId, id?: RecentId): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from search_recents where user_id = ${userId}
      and (${id ?? null}::uuid is null or recent_id = ${id ?? null}::uuid)`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Their own, and themself in others'. */
export async function eraseRecents(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from search_recents where user_id = ${userId}`.execute(db)
  await sql`delete from search_recents where kind = 'user' and value = ${userId}`.execute(db)
}
