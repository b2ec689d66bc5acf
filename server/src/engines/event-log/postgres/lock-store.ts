import { sql } from 'kysely'
import type { Sql } from '../../db/port.ts'
import { SHARES } from '../../outbox/port.ts'
import type { ShareId } from './log-store.ts'

/** First keys of the advisory locks; any numbers that nobody else in the database uses. */
const MEMBER = 1_954_115_685
const SHARE = 1_954_115_686
const SWEEP = 1_954_115_687

/**
 * Session locks of the process's own connection: PostgreSQL gives them up the moment the process or its connection dies.
 * A member of a group holds a shared lock on it; the owner of a share an exclusive one.
 */
export async function lockMembers(db: Sql, groupIds: readonly number[]): Promise<void> {
  await sql`select pg_advisory_lock_shared(${MEMBER}::int, n) from unnest(${groupIds}::int[]) n`.execute(db)
}

export async function unlockMembers(db: Sql, groupIds: readonly number[]): Promise<void> {
  await sql`select pg_advisory_unlock_shared(${MEMBER}::int, n) from unnest(${groupIds}::int[]) n`.execute(db)
}

const objectOf = ({ groupId, share }: ShareId) => groupId * SHARES + share

/** Locks those of the shares that are free, and answers them. */
export async function lockShares(db: Sql, shares: readonly ShareId[]): Promise<ShareId[]> {
  if (shares.length === 0) return []
  const { rows } = await sql<{ n: number }>`
    select n from unnest(${shares.map(objectOf)}::int[]) n where pg_try_advisory_lock(${SHARE}::int, n)`.execute(
    db,
  )
  const locked = new Set(rows.map((row) => row.n))
  return shares.filter((share) => locked.has(objectOf(share)))
}

export async function unlockShares(db: Sql, shares: readonly ShareId[]): Promise<void> {
  await sql`select pg_advisory_unlock(${SHARE}::int, n) from unnest(${shares.map(objectOf)}::int[]) n`.execute(
    db,
  )
}

export interface Locks {
  /** Processes in a group. */
  members(groupId: number): number
  isTaken(share: ShareId): boolean
}

export async function readLocks(db: Sql): Promise<Locks> {
  const { rows } = await sql<{ class: number; object: number; holders: number }>`
    select classid::int8 as class, objid::int8 as object, count(*)::int as holders from pg_locks
    where locktype = 'advisory' and granted and classid in (${MEMBER}, ${SHARE})
      and database = (select oid from pg_database where datname = current_database())
    group by 1, 2`.execute(db)
  const members = new Map(rows.filter((r) => r.class === MEMBER).map((r) => [r.object, r.holders]))
  const taken = new Set(rows.filter((r) => r.class === SHARE).map((r) => r.object))
  return {
    members: (groupId) => members.get(groupId) ?? 0,
    isTaken: (share) => taken.has(objectOf(share)),
  }
}

/** Runs `work` unless another process is at it. */
export async function whileSweeping(db: Sql, work: () => Promise<void>): Promise<void> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_lock(${SWEEP}::int, 0) as locked`.execute(db)
  if (!rows[0]?.locked) return
  try {
    await work()
  } finally {
    await sql`select pg_advisory_unlock(${SWEEP}::int, 0)`.execute(db)
  }
}
