import type { AppId, GrantId, Scope, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface CodeRow {
  user_id: UserId
  code_hash: string
  /** What is allowed by it, once it is exchanged. */
  grant_id: GrantId
  app_id: AppId
  scopes: Scope[]
  redirect_uri: string
  code_challenge: string | null
  expires_at: Date
}
export type CodeName = Pick<CodeRow, 'user_id' | 'code_hash'>

export async function insertCode(db: Sql, row: CodeRow): Promise<void> {
  await sql`
    insert into app_codes (user_id, code_hash, grant_id, app_id, scopes, redirect_uri, code_challenge, expires_at)
    values (${row.user_id}, ${row.code_hash}, ${row.grant_id}, ${row.app_id}, ${row.scopes}, ${row.redirect_uri},
      ${row.code_challenge}, ${row.expires_at})`.execute(db)
}

/** Also where it was used. */
export async function readCode(db: Sql, { user_id, code_hash }: CodeName): Promise<CodeRow | undefined> {
  const { rows } = await sql<CodeRow>`
    select user_id, code_hash, grant_id, app_id, scopes, redirect_uri, code_challenge, expires_at from app_codes
    where user_id = ${user_id} and code_hash = ${code_hash}`.execute(db)
  return rows[0]
}

/** True once: of two at the same moment, one has it. */
export async function useCode(db: Sql, { user_id, code_hash }: CodeName, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update app_codes set used_at = ${now}
    where user_id = ${user_id} and code_hash = ${code_hash} and used_at is null and expires_at > ${now}
    returning user_id`.execute(db)
  return rows.length > 0
}

/** Somebody came with it again: from here on nothing comes of it, and what came of it is to end. */
export async function noteReuse(tx: Tx, { user_id, code_hash }: CodeName): Promise<void> {
  await sql`
    update app_codes set reused = true where user_id = ${user_id} and code_hash = ${code_hash}`.execute(tx)
}

/** Before its grant is made, in one transaction with it. False where somebody came with it again meanwhile, or where it is gone. */
export async function redeem(tx: Tx, { user_id, code_hash }: CodeName): Promise<boolean> {
  const { rows } = await sql`
    update app_codes set redeemed = true
    where user_id = ${user_id} and code_hash = ${code_hash} and used_at is not null and not redeemed and not reused
    returning user_id`.execute(tx)
  return rows.length > 0
}

export async function deleteCodes(tx: Tx | Sql, userId: UserId): Promise<void> {
  await sql`delete from app_codes where user_id = ${userId}`.execute(tx)
}

/** Past their time, long enough for one that is used again to be known. */
export async function deleteOldCodes(db: Sql, before: Date): Promise<void> {
  await sql`delete from app_codes where expires_at <= ${before}`.execute(db)
}
