import type { EventType } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement } from '../../db/port.ts'
import type { ShareId } from './log-store.ts'
import type { Changes, DeadTask, EventRow, ParkedTask, Task } from './rows.ts'

/** Another process has taken these shares over; nothing was written. */
export class SharesLost extends Error {
  readonly shares: readonly ShareId[]
  constructor(shares: readonly ShareId[]) {
    super('shares of the event log were taken over')
    this.shares = shares
  }
}

const hasMore = (changes: readonly Changes[]) =>
  changes.some((c) => c.park.length + c.retry.length + c.bury.length + c.unpark.length > 0)

/** Writes all of it or nothing. Every share touched has to have its cursor among them: it is the fence. Throws SharesLost. */
export async function writeChanges(db: Sql, owner: string, changes: readonly Changes[]): Promise<void> {
  if (!hasMore(changes)) return moveCursors(db, owner, changes)
  await db.transaction().execute(async (tx) => {
    await moveCursors(tx, owner, changes)
    await insertParked(tx, changes)
    await updateParked(tx, changes)
    await insertDead(tx, changes)
    await deleteParked(tx, changes)
  })
}

async function moveCursors(db: Sql, owner: string, changes: readonly Changes[]): Promise<void> {
  const all = changes.flatMap(({ groupId, cursors }) => cursors.map((cursor) => ({ groupId, ...cursor })))
  if (all.length === 0) return
  const moved = await updateCursors(
    db,
    all.map((c) => c.groupId),
    all.map((c) => c.share),
    all.map((c) => String(c.position.xid)),
    all.map((c) => c.position.until?.toString() ?? null),
    all.map((c) => c.position.seq),
    owner,
    all.map((c) => c.position.copy?.id ?? null),
    all.map((c) => c.position.copy?.offset ?? null),
  )
  if (moved.length === all.length) return
  const ours = new Set(moved.map((row) => `${row.group_id}/${row.share}`))
  throw new SharesLost(all.filter((c) => !ours.has(`${c.groupId}/${c.share}`)))
}

/** Who reads no copy leaves the place in it as it is: what lies behind it and before the cursor is passed over later. */
const updateCursors = statement<{ group_id: number; share: number }>(`
  update event_cursors c set xid = n.xid::xid8, until = n.until::xid8, seq = n.seq,
    copy_id = coalesce(n.copy_id, c.copy_id), copy_offset = coalesce(n.copy_offset, c.copy_offset)
  from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::bigint[], $7::uuid[], $8::bigint[])
    n (group_id, share, xid, until, seq, copy_id, copy_offset)
  where c.group_id = n.group_id and c.share = n.share and c.owner = $6
  returning c.group_id, c.share`)

type Entry = ParkedTask & { groupId: number }

async function insertParked(db: Sql, changes: readonly Changes[]): Promise<void> {
  const all = changes.flatMap(({ groupId, park }): Entry[] => park.map((parked) => ({ groupId, ...parked })))
  if (all.length === 0) return
  const rows = all.map((entry) => entry.task.row)
  await sql`
    insert into event_parked (group_id, share, key, seq, type, payload, at, attempts, due_at, error)
    select group_id, share, key, seq, type, payload::json, at, attempts, due_at, error from unnest(
      ${all.map((e) => e.groupId)}::int[], ${rows.map((r) => r.share)}::int[], ${rows.map((r) => r.key)}::text[],
      ${rows.map((r) => r.seq)}::bigint[], ${rows.map((r) => r.type)}::text[],
      ${rows.map((r) => JSON.stringify(r.payload))}::text[], ${rows.map((r) => iso(r.at))}::timestamptz[],
      ${all.map((e) => e.task.attempts)}::int[], ${all.map((e) => iso(e.dueAt))}::timestamptz[],
      ${all.map((e) => e.error)}::text[]
    ) n (group_id, share, key, seq, type, payload, at, attempts, due_at, error)
    on conflict (group_id, share, key, seq) do nothing`.execute(db)
}

async function updateParked(db: Sql, changes: readonly Changes[]): Promise<void> {
  const all = changes.flatMap(({ groupId, retry }): Entry[] =>
    retry.map((parked) => ({ groupId, ...parked })),
  )
  if (all.length === 0) return
  const rows = all.map((entry) => entry.task.row)
  await sql`
    update event_parked p set attempts = n.attempts, due_at = n.due_at, error = n.error
    from unnest(
      ${all.map((e) => e.groupId)}::int[], ${rows.map((r) => r.share)}::int[], ${rows.map((r) => r.key)}::text[],
      ${rows.map((r) => r.seq)}::bigint[], ${all.map((e) => e.task.attempts)}::int[],
      ${all.map((e) => iso(e.dueAt))}::timestamptz[], ${all.map((e) => e.error)}::text[]
    ) n (group_id, share, key, seq, attempts, due_at, error)
    where p.group_id = n.group_id and p.share = n.share and p.key = n.key and p.seq = n.seq
      and p.attempts <= n.attempts`.execute(db)
}

async function insertDead(db: Sql, changes: readonly Changes[]): Promise<void> {
  const all = changes.flatMap(({ groupId, bury }) =>
    bury.map((dead): DeadTask & { groupId: number } => ({ groupId, ...dead })),
  )
  if (all.length === 0) return
  const rows = all.map((entry) => entry.task.row)
  await sql`
    insert into event_dead_letters (group_id, seq, share, key, type, payload, at, attempts, error, failed_at)
    select group_id, seq, share, key, type, payload::json, at, attempts, error, now() from unnest(
      ${all.map((e) => e.groupId)}::int[], ${rows.map((r) => r.seq)}::bigint[], ${rows.map((r) => r.share)}::int[],
      ${rows.map((r) => r.key)}::text[], ${rows.map((r) => r.type)}::text[],
      ${rows.map((r) => JSON.stringify(r.payload))}::text[], ${rows.map((r) => iso(r.at))}::timestamptz[],
      ${all.map((e) => e.task.attempts)}::int[], ${all.map((e) => e.error)}::text[]
    ) n (group_id, seq, share, key, type, payload, at, attempts, error)
    on conflict (group_id, seq) do update set
      attempts = excluded.attempts, error = excluded.error, failed_at = excluded.failed_at`.execute(db)
}

async function deleteParked(db: Sql, changes: readonly Changes[]): Promise<void> {
  const all = changes.flatMap(({ groupId, unpark }) => unpark.map(({ row }) => ({ groupId, row })))
  if (all.length === 0) return
  await sql`
    delete from event_parked p using unnest(
      ${all.map((e) => e.groupId)}::int[], ${all.map((e) => e.row.share)}::int[],
      ${all.map((e) => e.row.key)}::text[], ${all.map((e) => e.row.seq)}::bigint[]
    ) n (group_id, share, key, seq)
    where p.group_id = n.group_id and p.share = n.share and p.key = n.key and p.seq = n.seq`.execute(db)
}

const iso = (ms: number) => new Date(ms).toISOString()

/** The parked keys of shares, and when the first event of each is due. */
export async function readParkedKeys(
  db: Sql,
  shares: readonly ShareId[],
): Promise<(ShareId & { key: string; dueAt: number })[]> {
  const { rows } = await sql<{ group_id: number; share: number; key: string; due_at: Date }>`
    select distinct on (p.group_id, p.share, p.key) p.group_id, p.share, p.key, p.due_at
    from event_parked p
    join unnest(${shares.map((s) => s.groupId)}::int[], ${shares.map((s) => s.share)}::int[]) n (group_id, share)
      on p.group_id = n.group_id and p.share = n.share
    order by p.group_id, p.share, p.key, p.seq`.execute(db)
  return rows.map((row) => ({
    groupId: row.group_id,
    share: row.share,
    key: row.key,
    dueAt: row.due_at.getTime(),
  }))
}

/** The first events of a parked key, ready to be handled. */
export async function readParked(db: Sql, of: ShareId & { key: string; limit: number }): Promise<Task[]> {
  const { rows } = await sql<{
    seq: number
    type: EventType
    payload: unknown
    at: Date
    attempts: number
  }>`
    select seq, type, payload, at, attempts from event_parked
    where group_id = ${of.groupId} and share = ${of.share} and key = ${of.key}
    order by seq limit ${of.limit}`.execute(db)
  return rows.map(({ attempts, ...raw }) => {
    const row: EventRow = { ...raw, at: raw.at.getTime(), xid: 0, share: of.share, key: of.key }
    return { row, chunk: undefined, parked: true, attempts }
  })
}
