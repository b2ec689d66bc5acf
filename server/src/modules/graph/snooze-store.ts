import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Pair } from './store.ts'

/** When a mute ends; null: not by itself. */
export async function setSnooze(tx: Tx, { from, to }: Pair, ends: Date | null): Promise<void> {
  if (ends === null) await sql`delete from snoozes where muter_id = ${from} and muted_id = ${to}`.execute(tx)
  else
    await sql`
      insert into snoozes (muter_id, muted_id, ends_at) values (${from}, ${to}, ${ends})
      on conflict (muter_id, muted_id) do update set ends_at = excluded.ends_at`.execute(tx)
}

export async function dueSnoozes(db: Sql, now: Date, limit: number): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select muter_id as "from", muted_id as "to" from snoozes where ends_at <= ${now}
    order by ends_at limit ${limit}`.execute(db)
  return rows
}

/** False where it was lifted or lasts longer by now. */
export async function takeDueSnooze(tx: Tx, { from, to }: Pair, now: Date): Promise<boolean> {
  const { rows } = await sql`
    delete from snoozes where muter_id = ${from} and muted_id = ${to} and ends_at <= ${now}
    returning muter_id`.execute(tx)
  return rows.length > 0
}

export async function eraseSnoozes(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from snoozes where muter_id = ${userId} or muted_id = ${userId}`.execute(db)
}
