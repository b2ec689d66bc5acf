import type { PasskeyId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface PasskeyRow {
  user_id: UserId
  passkey_id: PasskeyId
  /** Base64url. */
  credential_id: string
  public_key: Uint8Array
  /** How often the device says that it was used; 0 where it does not count. */
  counter: number
  transports: string[]
  name: string
  created_at: Date
  last_used_at: Date | null
}
type PasskeyName = Pick<PasskeyRow, 'user_id' | 'passkey_id'>

type Tables = { passkeys: PasskeyRow; passkey_challenges: { challenge: string; expires_at: Date } }
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export function readPasskeys(db: Sql, userId: UserId): Promise<PasskeyRow[]> {
  return tables(db)
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('passkey_id')
    .execute()
}

export function readPasskey(db: Sql, userId: UserId, credentialId: string): Promise<PasskeyRow | undefined> {
  return tables(db)
    .selectFrom('passkeys')
    .selectAll()
    .where('user_id', '=', userId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst()
}

/** False where the member has this one, or `most`. One of a member's is added at a time. */
export async function insertPasskey(tx: Tx, row: PasskeyRow, most: number): Promise<boolean> {
  await lock(tx, `passkeys:${row.user_id}`)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from passkeys where user_id = ${row.user_id}`.execute(tx)
  if ((rows[0]?.count ?? 0) >= most) return false
  const inserted = await tables(tx)
    .insertInto('passkeys')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'credential_id']).doNothing())
    .returning('passkey_id')
    .executeTakeFirst()
  return inserted !== undefined
}

export function renamePasskey(
  db: Sql,
  { user_id, passkey_id }: PasskeyName,
  name: string,
): Promise<PasskeyRow | undefined> {
  return tables(db)
    .updateTable('passkeys')
    .set({ name })
    .where('user_id', '=', user_id)
    .where('passkey_id', '=', passkey_id)
    .returningAll()
    .executeTakeFirst()
}

/** False where it is gone, or where a later use was noted: then somebody has a copy of it. */
export async function notePasskeyUse(
  tx: Tx,
  { user_id, passkey_id }: PasskeyName,
  { counter, at }: { counter: number; at: Date },
): Promise<boolean> {
  const noted = await tables(tx)
    .updateTable('passkeys')
    .set({ counter, last_used_at: at })
    .where('user_id', '=', user_id)
    .where('passkey_id', '=', passkey_id)
    .where((where) => where.or([where('counter', '<', counter), where('counter', '=', 0)]))
    .returning('passkey_id')
    .executeTakeFirst()
  return noted !== undefined
}

export async function deletePasskey(tx: Tx, { user_id, passkey_id }: PasskeyName): Promise<boolean> {
  const gone = await tables(tx)
    .deleteFrom('passkeys')
    .where('user_id', '=', user_id)
    .where('passkey_id', '=', passkey_id)
    .returning('passkey_id')
    .executeTakeFirst()
  return gone !== undefined
}

export async function deletePasskeys(db: Sql, userId: UserId): Promise<void> {
  await tables(db).deleteFrom('passkeys').where('user_id', '=', userId).execute()
}

/** True once for each. */
export async function noteChallenge(
  tx: Tx,
  challenge: { challenge: string; expires_at: Date },
): Promise<boolean> {
  const noted = await tables(tx)
    .insertInto('passkey_challenges')
    .values(challenge)
    .onConflict((conflict) => conflict.column('challenge').doNothing())
    .returning('challenge')
    .executeTakeFirst()
  return noted !== undefined
}

export async function deleteOldChallenges(db: Sql, now: Date): Promise<void> {
  await tables(db).deleteFrom('passkey_challenges').where('expires_at', '<=', now).execute()
}
