import type { LiveId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'

export interface Counts {
  live_id: LiveId
  hearts: number
  viewers_peak: number
  viewers: number
}

/** `since`: what a process said before is not true any more. */
export async function readCounts(db: Sql, ids: readonly LiveId[], since: Date): Promise<Counts[]> {
  const { rows } = await sql<Counts>`
    select c.live_id, c.hearts::float8 as hearts, c.viewers_peak, coalesce((
      select sum(a.viewers) from live_audiences a where a.live_id = c.live_id and a.seen_at >= ${since}
    ), 0)::int as viewers
    from live_counts c where c.live_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

export async function addHearts(db: Sql, id: LiveId, hearts: number): Promise<void> {
  await sql`update live_counts set hearts = hearts + ${hearts} where live_id = ${id}`.execute(db)
}

/** How many watch through one process. */
export async function setAudience(
  db: Sql,
  audience: { live_id: LiveId; process_id: string; viewers: number; now: Date; since: Date },
): Promise<void> {
  const { live_id, process_id, viewers, now, since } = audience
  await sql`
    with told as (
      insert into live_audiences (live_id, process_id, viewers, seen_at)
      select live_id, ${process_id}::uuid, ${viewers}, ${now} from live_counts where live_id = ${live_id}
      on conflict (live_id, process_id) do update set viewers = excluded.viewers, seen_at = excluded.seen_at
    ), others as (
      select coalesce(sum(viewers), 0)::int as viewers from live_audiences
      where live_id = ${live_id} and process_id <> ${process_id}::uuid and seen_at >= ${since}
    )
    update live_counts set viewers_peak = greatest(viewers_peak, ${viewers} + (select viewers from others))
    where live_id = ${live_id}`.execute(db)
}
