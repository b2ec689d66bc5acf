import type { UserId } from '@tintype/contract'
import type { Sql, Tx } from '../../engines/db/port.ts'

export interface EmailChangeRow {
  user_id: UserId
  change_id: string
  /** Sealed (see Addresses). */
  email: string
  old_confirmed_at: Date | null
  new_confirmed_at: Date | null
  expires_at: Date
}
export type Side = 'old' | 'new'

/** How long an address of before is kept for the mail that tells it. */
const FORMER_MS = 7 * 86_400_000

/** What an address was before a change, sealed. */
export interface FormerEmailRow {
  user_id: UserId
  change_id: string
  email: string
}

type Tables = { email_changes: EmailChangeRow; former_emails: FormerEmailRow & { changed_at: Date } }
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export function readChange(db: Sql | Tx, userId: UserId): Promise<EmailChangeRow | undefined> {
  return tables(db).selectFrom('email_changes').selectAll().where('user_id', '=', userId).executeTakeFirst()
}

/** In the place of one that waits. */
export async function writeChange(tx: Tx, row: EmailChangeRow): Promise<void> {
  const { user_id: _, ...rest } = row
  await tables(tx)
    .insertInto('email_changes')
    .values(row)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(rest))
    .execute()
}

/** One side says yes; undefined where the change was taken back, replaced, or is too old. */
export function confirmSide(
  tx: Tx,
  { user_id, change_id }: Pick<EmailChangeRow, 'user_id' | 'change_id'>,
  side: Side,
  now: Date,
): Promise<EmailChangeRow | undefined> {
  return tables(tx)
    .updateTable('email_changes')
    .set(side === 'old' ? { old_confirmed_at: now } : { new_confirmed_at: now })
    .where('user_id', '=', user_id)
    .where('change_id', '=', change_id)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
}

export async function deleteChange(db: Sql | Tx, userId: UserId): Promise<void> {
  await tables(db).deleteFrom('email_changes').where('user_id', '=', userId).execute()
}

export async function deleteOldChanges(db: Sql, now: Date): Promise<void> {
  await tables(db).deleteFrom('email_changes').where('expires_at', '<', now).execute()
  const told = new Date(now.getTime() - FORMER_MS)
  await tables(db).deleteFrom('former_emails').where('changed_at', '<', told).execute()
}

export async function keepFormer(tx: Tx, row: FormerEmailRow & { changed_at: Date }): Promise<void> {
  await tables(tx).insertInto('former_emails').values(row).execute()
}

export function readFormer(
  db: Sql,
  { user_id, change_id }: Pick<FormerEmailRow, 'user_id' | 'change_id'>,
): Promise<FormerEmailRow | undefined> {
  return tables(db)
    .selectFrom('former_emails')
    .select(['user_id', 'change_id', 'email'])
    .where('user_id', '=', user_id)
    .where('change_id', '=', change_id)
    .executeTakeFirst()
}

/** One that waits, and what addresses were before. */
export async function forgetChanges(tx: Tx, userId: UserId): Promise<void> {
  await deleteChange(tx, userId)
  await tables(tx).deleteFrom('former_emails').where('user_id', '=', userId).execute()
}
