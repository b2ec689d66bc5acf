import { sql } from 'kysely'
import type { Sql } from '../../db/port.ts'

/** Counting stops here, per group and stretch of the log: a number this large says all there is to say. */
const COUNTED = 100_000

/** By group: events that are committed and not settled, parked ones included, and when the oldest was appended. */
export async function readBacklog(
  db: Sql,
): Promise<{ group: string; waiting: number; oldestAt: number | undefined }[]> {
  const { rows } = await sql<{ name: string; waiting: number; oldest: Date | null }>`
    with stretches as (
      select group_id, xid, until, seq, array_agg(share) as shares from event_cursors
      group by group_id, xid, until, seq
    ), counts as (
      select s.group_id, e.waiting, e.oldest
      from stretches s join event_groups g using (group_id) cross join lateral (
        select count(*) as waiting, min(at) as oldest from (
          select at from events
          where xid >= s.xid and share = any(s.shares) and type = any(g.types)
            and (s.until is null or xid >= s.until or events.seq > s.seq)
          limit ${COUNTED}
        ) unsettled
      ) e
      union all
      select group_id, count(*), min(at) from event_parked group by group_id
    )
    select g.name, coalesce(sum(c.waiting), 0)::int as waiting, min(c.oldest) as oldest
    from event_groups g left join counts c using (group_id) group by g.name order by g.name`.execute(db)
  return rows.map((row) => ({
    group: row.name,
    waiting: row.waiting,
    oldestAt: row.oldest?.getTime(),
  }))
}

/** Whether anything committed is unsettled in these groups, wherever they run. */
export async function hasBacklog(db: Sql, groupIds: readonly number[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from event_cursors c join event_groups g using (group_id)
      where c.group_id = any(${groupIds}::int[]) and exists (
        select from events e
        where e.xid >= c.xid and e.share = c.share and e.type = any(g.types)
          and (c.until is null or e.xid >= c.until or e.seq > c.seq)
      )
    ) or exists (
      select from event_parked where group_id = any(${groupIds}::int[])
    ) as found`.execute(db)
  return rows[0]?.found ?? false
}
