import type { LiveId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'

export interface SegmentRow {
  msn: number
  run: number
  bytes: number
  seconds: number
}

/** False where the live is gone. */
export async function insertSegment(db: Sql, id: LiveId, segment: SegmentRow): Promise<boolean> {
  const { msn, run, bytes, seconds } = segment
  const { rows } = await sql`
    with live as (
      update lives set recorded = true where live_id = ${id} returning live_id
    ), made as (
      insert into live_segments (live_id, msn, run, bytes, seconds)
      select live_id, ${msn}::int, ${run}::int, ${bytes}::int, ${seconds}::real from live
      on conflict do nothing
    )
    select live_id from live`.execute(db)
  return rows.length > 0
}

/** How often its source began; undefined where the live is gone. */
export async function runsOf(db: Sql, id: LiveId): Promise<number | undefined> {
  const { rows } = await sql<{ runs: number }>`select runs from lives where live_id = ${id}`.execute(db)
  return rows[0]?.runs
}

/** In their order. */
export async function segmentsOf(db: Sql, id: LiveId): Promise<SegmentRow[]> {
  const { rows } = await sql<SegmentRow>`
    select msn, run, bytes, seconds from live_segments where live_id = ${id} order by msn`.execute(db)
  return rows
}

export async function nextMsn(db: Sql, id: LiveId): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(msn) + 1, 0)::int as next from live_segments where live_id = ${id}`.execute(db)
  return rows[0]?.next ?? 0
}

/** Those up to one: what came since stays known. */
export async function forgetSegments(db: Sql, id: LiveId, upTo: number): Promise<void> {
  await sql`
    with live as (update lives set recorded = false where live_id = ${id})
    delete from live_segments where live_id = ${id} and msn <= ${upTo}`.execute(db)
}

/** Lives whose recording nobody has kept in time. */
export async function passedRecordings(db: Sql, endedBefore: Date): Promise<LiveId[]> {
  const { rows } = await sql<{ live_id: LiveId }>`
    select live_id from lives where recorded and ended_at < ${endedBefore} order by ended_at limit 50`.execute(
    db,
  )
  return rows.map((row) => row.live_id)
}
