import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface LinkRow {
  user_id: UserId
  link_id: string
  purpose: 'verify' | 'reset'
  /** To which it was mailed, sealed (see Addresses). */
  email: string
  asked: string
  created_at: Date
  expires_at: Date
  used_at: Date | null
}
export type LinkName = Pick<LinkRow, 'user_id' | 'link_id'>

type Tables = { account_links: LinkRow }
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export async function insertLink(tx: Tx, row: Omit<LinkRow, 'used_at'>): Promise<void> {
  await tables(tx)
    .insertInto('account_links')
    .values({ ...row, used_at: null })
    .execute()
}

export function readLink(db: Sql, { user_id, link_id }: LinkName): Promise<LinkRow | undefined> {
  return tables(db)
    .selectFrom('account_links')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('link_id', '=', link_id)
    .executeTakeFirst()
}

/** Of two at once, one has it; undefined for the other, and for one that is too old. */
export function useLink(tx: Tx, { user_id, link_id }: LinkName, now: Date): Promise<LinkRow | undefined> {
  return tables(tx)
    .updateTable('account_links')
    .set({ used_at: now })
    .where('user_id', '=', user_id)
    .where('link_id', '=', link_id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

/** How many were made for what was typed since then; nobody else makes one for it until the transaction ends. */
export async function countAsked(
  tx: Tx,
  { asked, user_id, purpose }: Pick<LinkRow, 'asked' | 'user_id' | 'purpose'>,
  since: Date,
): Promise<number> {
  await lock(tx, `link:${asked}`)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from account_links
    where user_id = ${user_id} and purpose = ${purpose} and asked = ${asked} and created_at > ${since}`.execute(
    tx,
  )
  return rows[0]?.count ?? 0
}

/** None of a member's links of this kind is good any more. */
export async function endLinks(tx: Tx, userId: UserId, purpose?: LinkRow['purpose']): Promise<void> {
  let query = tables(tx).deleteFrom('account_links').where('user_id', '=', userId)
  if (purpose) query = query.where('purpose', '=', purpose)
  await query.execute()
}

export async function deleteOldLinks(db: Sql, before: Date): Promise<void> {
  await tables(db).deleteFrom('account_links').where('expires_at', '<', before).execute()
}
