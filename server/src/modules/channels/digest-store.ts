import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface DigestRow {
  user_id: UserId
  due_at: Date
  since: Date
}

/** One that waits already stays as it is. */
export async function planDigests(db: Sql, rows: readonly DigestRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into digests (user_id, due_at, since)
    select * from unnest(${rows.map((row) => row.user_id)}::uuid[], ${rows.map((row) => row.due_at)}::timestamptz[],
                         ${rows.map((row) => row.since)}::timestamptz[])
    on conflict do nothing`.execute(db)
}

/** Takes some that are due: of two that take at once, each has others. */
export async function takeDue(tx: Tx, now: Date, limit: number): Promise<DigestRow[]> {
  const { rows } = await sql<DigestRow>`
    delete from digests where user_id in (
      select user_id from digests where due_at <= ${now} order by due_at limit ${limit} for update skip locked)
    returning user_id, due_at, since`.execute(tx)
  return rows
}

export async function deleteDigest(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from digests where user_id = ${userId}`.execute(db)
}
