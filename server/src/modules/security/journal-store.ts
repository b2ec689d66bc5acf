import type { PatternKind, SecurityEventId, SecurityEventKind, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface EventRow {
  event_id: SecurityEventId
  at: Date
  kind: SecurityEventKind
  times: number
  address: string | null
  member_id: UserId | null
}

export interface PatternRow {
  kind: PatternKind
  source: string
  address: string | null
  member_id: UserId | null
  seen: number
  first_at: Date
  last_at: Date
}

export async function insertEvents(db: Sql, rows: readonly EventRow[]): Promise<void> {
  const column = <K extends keyof EventRow>(name: K) => rows.map((row) => row[name])
  await sql`
    insert into security_events (event_id, at, kind, times, address, member_id)
    select * from unnest(${column('event_id')}::uuid[], ${column('at')}::timestamptz[], ${column('kind')}::text[],
      ${column('times')}::int[], ${column('address')}::text[], ${column('member_id')}::uuid[])`.execute(db)
}

/** Newest first. */
export async function eventsBefore(db: Sql, id: string | undefined, limit: number): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select event_id, at, kind, times, address, member_id from security_events
    ${id === undefined ? sql`` : sql`where event_id < ${id}`}
    order by event_id desc limit ${limit}`.execute(db)
  return rows
}

/** Those that are too old, and the oldest beyond `most`. */
export async function deleteOldEvents(
  db: Sql,
  { before, most }: { before: Date; most: number },
): Promise<void> {
  await sql`
    delete from security_events where at < ${before} or event_id <= (
      select event_id from security_events order by event_id desc offset ${most} limit 1)`.execute(db)
}

export async function addPatterns(db: Sql, rows: readonly PatternRow[]): Promise<void> {
  const column = <K extends keyof PatternRow>(name: K) => rows.map((row) => row[name])
  await sql`
    insert into security_patterns as known (kind, source, address, member_id, seen, first_at, last_at)
    select * from unnest(${column('kind')}::text[], ${column('source')}::text[], ${column('address')}::text[],
      ${column('member_id')}::uuid[], ${column('seen')}::int[], ${column('first_at')}::timestamptz[],
      ${column('last_at')}::timestamptz[])
    on conflict (kind, source) do update
      set seen = known.seen + excluded.seen, last_at = excluded.last_at, address = excluded.address`.execute(
    db,
  )
}

/** Last seen first. */
export async function readPatterns(db: Sql, limit: number): Promise<PatternRow[]> {
  const { rows } = await sql<PatternRow>`
    select kind, source, address, member_id, seen, first_at, last_at from security_patterns
    order by last_at desc limit ${limit}`.execute(db)
  return rows
}

export async function deleteOldPatterns(db: Sql, before: Date): Promise<void> {
  await sql`delete from security_patterns where last_at < ${before}`.execute(db)
}

export async function forgetMember(tx: Tx, member: UserId): Promise<void> {
  await sql`update security_events set member_id = null where member_id = ${member}`.execute(tx)
  await sql`delete from security_patterns where member_id = ${member}`.execute(tx)
}
