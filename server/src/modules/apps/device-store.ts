import type { AppId, Scope, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface DeviceRow {
  user_code_hash: string
  device_hash: string
  app_id: AppId
  scopes: Scope[]
  state: 'waiting' | 'allowed' | 'denied'
  /** Who answered. */
  user_id: UserId | null
  polled_at: Date | null
  expires_at: Date
}

const columns = sql`user_code_hash, device_hash, app_id, scopes, state, user_id, polled_at, expires_at`

/** False where another device shows this code. */
export async function insertDevice(
  db: Sql,
  row: Pick<DeviceRow, 'user_code_hash' | 'device_hash' | 'app_id' | 'scopes' | 'expires_at'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into app_device_codes (user_code_hash, device_hash, app_id, scopes, expires_at)
    values (${row.user_code_hash}, ${row.device_hash}, ${row.app_id}, ${row.scopes}, ${row.expires_at})
    on conflict do nothing returning user_code_hash`.execute(db)
  return rows.length > 0
}

export async function readDevice(db: Sql, userCodeHash: string): Promise<DeviceRow | undefined> {
  const { rows } = await sql<DeviceRow>`
    select ${columns} from app_device_codes where user_code_hash = ${userCodeHash}`.execute(db)
  return rows[0]
}

/** A member's answer, once. */
export async function answerDevice(
  db: Sql,
  userCodeHash: string,
  answer: { user_id: UserId; state: 'allowed' | 'denied'; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update app_device_codes set state = ${answer.state}, user_id = ${answer.user_id}
    where user_code_hash = ${userCodeHash} and state = 'waiting' and expires_at > ${answer.now}
    returning user_code_hash`.execute(db)
  return rows.length > 0
}

/** Notes that the device asks; false where it has asked since `since`. */
export async function notePoll(
  db: Sql,
  userCodeHash: string,
  { now, since }: { now: Date; since: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update app_device_codes set polled_at = ${now}
    where user_code_hash = ${userCodeHash} and (polled_at is null or polled_at <= ${since})
    returning user_code_hash`.execute(db)
  return rows.length > 0
}

/** What was allowed, once; in one transaction with the grant that is made of it. */
export async function takeDevice(
  tx: Tx,
  { user_code_hash, device_hash }: Pick<DeviceRow, 'user_code_hash' | 'device_hash'>,
): Promise<DeviceRow | undefined> {
  const { rows } = await sql<DeviceRow>`
    delete from app_device_codes
    where user_code_hash = ${user_code_hash} and device_hash = ${device_hash} and state = 'allowed'
    returning ${columns}`.execute(tx)
  return rows[0]
}

export async function deleteAnswered(db: Sql | Tx, userId: UserId): Promise<void> {
  await sql`delete from app_device_codes where user_id = ${userId}`.execute(db)
}

export async function deleteOldDevices(db: Sql, before: Date): Promise<void> {
  await sql`delete from app_device_codes where expires_at <= ${before}`.execute(db)
}
