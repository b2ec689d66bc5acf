import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface TotpRow {
  user_id: UserId
  /** Sealed; null until a code of it was seen. */
  secret: string | null
  confirmed_at: Date | null
  /** Sealed; takes the place of `secret` once a code of it is seen. */
  waiting: string | null
  last_step: number
  failed: number
  failed_at: Date
}

type Tables = { totp_secrets: TotpRow; recovery_codes: { user_id: UserId; code_hash: string } }
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export function readTotp(
  db: Sql,
  userId: UserId,
): Promise<Pick<TotpRow, 'secret' | 'confirmed_at' | 'waiting'> | undefined> {
  return tables(db)
    .selectFrom('totp_secrets')
    .select(['secret', 'confirmed_at', 'waiting'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
}

export async function writeWaiting(db: Sql, userId: UserId, waiting: string): Promise<void> {
  await sql`
    insert into totp_secrets (user_id, waiting) values (${userId}, ${waiting})
    on conflict (user_id) do update set waiting = excluded.waiting`.execute(db)
}

/** False where another secret waits by now, or none. */
export async function confirmWaiting(
  tx: Tx,
  userId: UserId,
  { waiting, step, at }: { waiting: string; step: number; at: Date },
): Promise<boolean> {
  const confirmed = await tables(tx)
    .updateTable('totp_secrets')
    .set({ secret: waiting, confirmed_at: at, waiting: null, last_step: step, failed: 0 })
    .where('user_id', '=', userId)
    .where('waiting', '=', waiting)
    .returning('user_id')
    .executeTakeFirst()
  return confirmed !== undefined
}

/**
 * Counts a try as a failure until `useStep` says otherwise, so that tries at the same moment are counted each. Undefined where there is no
 * secret, or where there were `free` failures and none is older than `since`.
 */
export async function claimTry(
  db: Sql,
  userId: UserId,
  { now, since, free }: { now: Date; since: Date; free: number },
): Promise<string | undefined> {
  const row = await tables(db)
    .updateTable('totp_secrets')
    .set({ failed: sql`failed + 1`, failed_at: now })
    .where('user_id', '=', userId)
    .where('secret', 'is not', null)
    .where((where) => where.or([where('failed', '<', free), where('failed_at', '<=', since)]))
    .returning('secret')
    .executeTakeFirst()
  return row?.secret ?? undefined
}

export async function readFailedAt(db: Sql, userId: UserId): Promise<Date | undefined> {
  const row = await tables(db)
    .selectFrom('totp_secrets')
    .select('failed_at')
    .where('user_id', '=', userId)
    .where('secret', 'is not', null)
    .executeTakeFirst()
  return row?.failed_at
}

/** False where this step or a later one was used: of two at once, one has it. */
export async function useStep(db: Sql, userId: UserId, step: number): Promise<boolean> {
  const used = await tables(db)
    .updateTable('totp_secrets')
    .set({ last_step: step, failed: 0 })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .returning('user_id')
    .executeTakeFirst()
  return used !== undefined
}

/** False where there was none. */
export async function deleteTotp(tx: Tx, userId: UserId): Promise<boolean> {
  const gone = await tables(tx)
    .deleteFrom('totp_secrets')
    .where('user_id', '=', userId)
    .returning('confirmed_at')
    .executeTakeFirst()
  return gone !== undefined && gone.confirmed_at !== null
}

export async function replaceCodes(tx: Tx, userId: UserId, hashes: readonly string[]): Promise<void> {
  await tables(tx).deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  if (hashes.length === 0) return
  await tables(tx)
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ user_id: userId, code_hash })))
    .execute()
}

/** True once: of two at the same moment, one has it. */
export async function useCode(tx: Tx, userId: UserId, codeHash: string): Promise<boolean> {
  const used = await tables(tx)
    .deleteFrom('recovery_codes')
    .where('user_id', '=', userId)
    .where('code_hash', '=', codeHash)
    .returning('user_id')
    .executeTakeFirst()
  return used !== undefined
}

export async function countCodes(db: Sql, userId: UserId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from recovery_codes where user_id = ${userId}`.execute(db)
  return rows[0]?.count ?? 0
}
