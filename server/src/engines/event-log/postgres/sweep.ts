import { sql } from 'kysely'
import type { Sql } from '../../db/port.ts'

export interface SweepOptions {
  /** Milliseconds since 1970: older events go if every known group has settled them. */
  eventsBefore: number
  /** A group that nobody subscribed to since then is forgotten; it would hold back everything for ever. */
  groupsBefore: number
  now: number
  /** The groups of this process. */
  groupIds: readonly number[]
}

const AT_ONCE = 5000

/** Deletes what nobody needs any more, oldest first; answers how many events. Stops early once `signal` is aborted. */
export async function sweepLog(db: Sql, options: SweepOptions, signal: AbortSignal): Promise<number> {
  await sql`
    update event_groups set seen_at = ${new Date(options.now)}
    where group_id = any(${options.groupIds}::int[])`.execute(db)
  await sql`delete from event_groups where seen_at < ${new Date(options.groupsBefore)}`.execute(db)
  let deleted = 0
  for (let last = AT_ONCE; last === AT_ONCE && !signal.aborted; deleted += last)
    last = await deleteOldest(db, options.eventsBefore)
  return deleted
}

/** Looks at no more than the oldest few: there is no index on time, and what cannot go now ends the sweep. */
async function deleteOldest(db: Sql, before: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from events where seq in (
      select seq from (select seq, xid, at from events order by seq limit ${AT_ONCE}) oldest
      where at < ${new Date(before)} and xid < coalesce(
        (select min(xid) from event_cursors), pg_snapshot_xmin(pg_current_snapshot()))
    )`.execute(db)
  return Number(numAffectedRows)
}
