import type { EventType } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../db/port.ts'
import type { DeadLetter, Event } from '../port.ts'

/** Newest first. */
export async function readDeadLetters(
  db: Sql,
  { group, limit = 100 }: { group?: string; limit?: number },
): Promise<DeadLetter[]> {
  const { rows } = await sql<{
    name: string
    seq: number
    type: EventType
    key: string
    payload: unknown
    at: Date
    attempts: number
    error: string
    failed_at: Date
  }>`
    select g.name, d.seq, d.type, d.key, d.payload, d.at, d.attempts, d.error, d.failed_at
    from event_dead_letters d join event_groups g using (group_id)
    where ${group ?? null}::text is null or g.name = ${group ?? null}
    order by d.failed_at desc, d.seq desc limit ${limit}`.execute(db)
  return rows.map((row) => ({
    event: {
      id: String(row.seq),
      type: row.type,
      key: row.key,
      payload: row.payload,
      at: row.at.getTime(),
      attempt: row.attempts,
    } as Event,
    group: row.name,
    error: row.error,
    failed_at: row.failed_at.getTime(),
  }))
}

/** Parks dead letters again, due at once and without attempts; answers how many, and of which group. */
export async function replayDeadLetters(
  db: Sql,
  { group, eventIds }: { group: string; eventIds?: readonly string[] },
): Promise<{ count: number; groupId: number | undefined }> {
  const seqs = eventIds === undefined ? null : eventIds.filter((id) => /^\d{1,18}$/.test(id))
  const { rows } = await sql<{ count: number; group_id: number | null }>`
    with back as (
      delete from event_dead_letters d using event_groups g
      where g.group_id = d.group_id and g.name = ${group}
        and (${seqs}::bigint[] is null or d.seq = any(${seqs}::bigint[]))
      returning d.group_id, d.share, d.key, d.seq, d.type, d.payload, d.at
    ), parked as (
      insert into event_parked (group_id, share, key, seq, type, payload, at, attempts, due_at)
      select group_id, share, key, seq, type, payload, at, 0, ${new Date()} from back
      on conflict (group_id, share, key, seq) do nothing
    )
    select count(*)::int as count, min(group_id) as group_id from back`.execute(db)
  const [row] = rows
  return { count: row?.count ?? 0, groupId: row?.group_id ?? undefined }
}
