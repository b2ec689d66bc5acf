import type { EventType } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement } from '../../db/port.ts'
import { at, type EventRow, type Position } from './rows.ts'

interface RawRow {
  seq: number
  xid: string
  at: Date
  share: number
  type: EventType
  key: string
  payload: unknown
}

const columns = 'seq, xid::text as xid, at, share, type, key, payload'
const rowOf = (raw: RawRow): EventRow => ({ ...raw, xid: Number(raw.xid), at: raw.at.getTime() })

export interface TailRead {
  /** Every transaction below has ended, what it wrote is seen, and no key's event below comes after one of the same key above. */
  horizon: number
  /** Transactions are running whose events may come below what is read next. */
  isBusy: boolean
  rows: EventRow[]
}

const selectTail = statement<RawRow & { horizon: string; top: string }>(`
  select w.horizon::text, w.top::text, e.*
  from (
    select pg_snapshot_xmin(s) as horizon, pg_snapshot_xmax(s) as top from pg_current_snapshot() s
  ) w left join lateral (
    select ${columns} from events
    where xid >= $1::xid8 and xid < w.horizon order by events.xid limit $2
  ) e on true`)

/** Reads the log from `xid` up to the horizon, `limit` rows at most, in no useful order. */
export async function readTail(db: Sql, xid: number, limit: number): Promise<TailRead> {
  const raws = await selectTail(db, String(xid), limit)
  const ended = Number(raws[0]?.horizon)
  const isBusy = ended < Number(raws[0]?.top)
  const rows = raws.filter((raw) => raw.seq !== null).map(({ horizon, top, ...raw }) => rowOf(raw))
  // Where none is running none is above, and where nothing was found nothing is told.
  const horizon = isBusy && (rows.length > 0 || limit === 0) ? await orderedHorizon(db, ended) : ended
  return { horizon, isBusy, rows: rows.filter((row) => row.xid < horizon) }
}

const selectRecent = statement<{ xid: string; key: string }>(`
  select xid::text as xid, key from events
  where seq >= (select min(seq) from (select seq from events where xid >= $1::xid8 offset 0) above)
  order by seq`)

/**
 * The highest horizon up to `horizon` at which the log can be cut without parting a key's events in the wrong order. That happens where a transaction
 * took its number early, waited for another's lock, and wrote last: it is older by number, and a third one that still runs may
 * stand between the two.
 */
async function orderedHorizon(db: Sql, horizon: number): Promise<number> {
  // Whatever stands above and came before something below has ended before it: this sees all that can matter.
  const recent = await selectRecent(db, String(horizon))
  const highest = new Map<string, number>()
  let ordered = horizon
  for (const { xid: text, key } of recent) {
    const xid = Number(text)
    const before = highest.get(key) ?? 0
    if (xid < horizon && before >= horizon) ordered = Math.min(ordered, xid)
    highest.set(key, Math.max(before, xid))
  }
  return ordered === horizon ? horizon : orderedHorizon(db, ordered)
}

export interface Range {
  /** Transactions from `xid` on and below `until`, both of them horizons at some time. */
  xid: number
  until: number
  share: number
  /** Undefined: of all types. */
  types: readonly string[] | undefined
  limit: number
}

const ofTypes = ({ types }: Range) => (types === undefined ? sql`true` : sql`type = any(${types})`)

/** One share's events of a window that ended some time ago, `limit` at most, in no useful order. */
export async function readWindow(db: Sql, range: Range): Promise<EventRow[]> {
  const { rows } = await sql<RawRow>`
    select ${sql.raw(columns)} from events
    where xid >= ${String(range.xid)}::xid8 and xid < ${String(range.until)}::xid8
      and share = ${range.share} and ${ofTypes(range)}
    order by events.xid limit ${range.limit}`.execute(db)
  return rows.map(rowOf)
}

/** A number below the lowest `seq` of a window. The inner query, here as above, keeps PostgreSQL from searching along the primary key. */
export async function readFirstSeq(db: Sql, xid: number, until: number): Promise<number> {
  const { rows } = await sql<{ seq: number | null }>`
    select min(seq) as seq from (
      select seq from events where xid >= ${String(xid)}::xid8 and xid < ${String(until)}::xid8 offset 0
    ) e`.execute(db)
  return (rows[0]?.seq ?? 1) - 1
}

/** The next events of a large window in order of `seq`; `is true` keeps the index on `xid`, which would sort all of it, out. */
export async function readPiece(db: Sql, range: Range, afterSeq: number): Promise<EventRow[]> {
  const { rows } = await sql<RawRow>`
    select ${sql.raw(columns)} from events
    where seq > ${afterSeq} and share = ${range.share} and ${ofTypes(range)}
      and (xid >= ${String(range.xid)}::xid8 and xid < ${String(range.until)}::xid8) is true
    order by seq limit ${range.limit}`.execute(db)
  return rows.map(rowOf)
}

/** Whether any event, seen or not yet to be read, stands at or above a transaction id. */
export async function hasEventsFrom(db: Sql, xid: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from events where xid >= ${String(xid)}::xid8) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** No transaction that has ended has this number or a higher one. */
export async function readHorizon(db: Sql): Promise<number> {
  const { rows } = await sql<{ top: string }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as top`.execute(db)
  return Number(rows[0]?.top)
}

/** Where a group's cursor stands in a share; at the beginning where there is no such group. */
export async function readSettled(db: Sql, group: string, share: number): Promise<Position> {
  const { rows } = await sql<{ xid: string; until: string | null; seq: number | null }>`
    select c.xid::text, c.until::text, c.seq from event_cursors c join event_groups g using (group_id)
    where g.name = ${group} and c.share = ${share}`.execute(db)
  const [row] = rows
  if (row === undefined) return at(0)
  return { xid: Number(row.xid), until: row.until === null ? null : Number(row.until), seq: row.seq }
}

/** The group that sends the log to where other groups read it, where they do. */
export const RELAY = 'kafka.relay'

/** Makes a group known, at the beginning of the log if it is new; answers its number. */
export async function registerGroup(
  db: Sql,
  group: { name: string; types: readonly string[]; shares: number; now: number },
): Promise<number> {
  const { rows } = await sql<{ group_id: number }>`
    with known as (
      insert into event_groups (name, types, seen_at)
      values (${group.name}, ${group.types}, ${new Date(group.now)})
      on conflict (name) do update set types = excluded.types, seen_at = excluded.seen_at
      returning group_id
    ), cursors as (
      insert into event_cursors (group_id, share, xid)
      select group_id, n, '0'::xid8 from known, generate_series(0, ${group.shares - 1}) n
      on conflict do nothing
    )
    select group_id from known`.execute(db)
  return rows[0]?.group_id ?? 0
}

export interface ShareId {
  groupId: number
  share: number
}

/** Makes `owner` the one who may move these cursors, and answers where they stand. */
export async function claimCursors(
  db: Sql,
  owner: string,
  shares: readonly ShareId[],
): Promise<(ShareId & { position: Position })[]> {
  const { rows } = await sql<{
    group_id: number
    share: number
    xid: string
    until: string | null
    seq: number | null
    copy_id: string | null
    copy_offset: number
  }>`
    update event_cursors c set owner = ${owner}
    from unnest(${shares.map((s) => s.groupId)}::int[], ${shares.map((s) => s.share)}::int[]) n (group_id, share)
    where c.group_id = n.group_id and c.share = n.share
    returning c.group_id, c.share, c.xid::text, c.until::text, c.seq, c.copy_id, c.copy_offset`.execute(db)
  return rows.map((row) => ({
    groupId: row.group_id,
    share: row.share,
    position: {
      ...at(Number(row.xid)),
      until: row.until === null ? null : Number(row.until),
      seq: row.seq,
      copy: row.copy_id === null ? undefined : { id: row.copy_id, offset: row.copy_offset },
    },
  }))
}

/**
 * After a dump was restored into a new cluster transaction ids start again from below, and new events would come
 * before every cursor. The old ones that some group may still need are then moved to this transaction and all cursors in
 * front of it: told again rather than lost. Runs before the process appends anything. Answers whether it was needed.
 */
export async function renumberAfterRestore(db: Sql): Promise<boolean> {
  const isFromElsewhere = sql`
    greatest((select max(xid) from events), (select max(greatest(xid, until)) from event_cursors))
      > pg_snapshot_xmax(pg_current_snapshot())`
  const isRestored = async (at: Sql) =>
    (await sql<{ restored: boolean | null }>`select ${isFromElsewhere} as restored`.execute(at)).rows[0]
      ?.restored
  if (!(await isRestored(db))) return false
  return db.transaction().execute(async (tx) => {
    await sql`lock table events, event_cursors in exclusive mode`.execute(tx)
    if (!(await isRestored(tx))) return false
    await sql`
      update events set xid = case
        when xid < (select min(xid) from event_cursors) then '0'::xid8 else pg_current_xact_id()
      end`.execute(tx)
    await sql`
      update event_cursors
      set xid = pg_snapshot_xmin(pg_current_snapshot()), until = null, seq = null, owner = null, copy_id = null`.execute(
      tx,
    )
    return true
  })
}
