import { sql } from 'kysely'
import type { Sql } from '../engines/db/port.ts'

export interface Lease {
  name: string
  holder: string
  now: Date
  until: Date
}

/** Of these schedules, those whose time has come and that nobody is running. */
export async function dueSchedules(db: Sql, names: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select wanted.name from unnest(${names}::text[]) as wanted (name)
    left join schedules on schedules.name = wanted.name
    where schedules.name is null
       or (schedules.next_run_at <= ${now} and coalesce(schedules.lease_until, ${now}) <= ${now})`.execute(db)
  return rows.map((row) => row.name)
}

/** True for the one process that may run it now. */
export async function claim(db: Sql, { name, holder, now, until }: Lease): Promise<boolean> {
  const { rows } = await sql`
    insert into schedules (name, holder, lease_until, next_run_at) values (${name}, ${holder}, ${until}, ${now})
    on conflict (name) do update set holder = excluded.holder, lease_until = excluded.lease_until
    where schedules.next_run_at <= ${now} and coalesce(schedules.lease_until, ${now}) <= ${now}
    returning name`.execute(db)
  return rows.length > 0
}

/** False where the lease ran out and another process has it. */
export async function renew(db: Sql, { name, holder, until }: Omit<Lease, 'now'>): Promise<boolean> {
  const { rows } = await sql`
    update schedules set lease_until = ${until} where name = ${name} and holder = ${holder} returning name`.execute(
    db,
  )
  return rows.length > 0
}

export async function release(db: Sql, name: string, holder: string, nextRunAt: Date): Promise<void> {
  await sql`
    update schedules set holder = null, lease_until = null, next_run_at = ${nextRunAt}
    where name = ${name} and holder = ${holder}`.execute(db)
}
