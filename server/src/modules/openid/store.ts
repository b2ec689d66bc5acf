import type { UserId } from '@tintype/contract'
import type { Sql, Tx } from '../../engines/db/port.ts'

/** Who somebody is at a provider. Its name for them never changes; what else it tells of them may. */
export interface Identity {
  issuer: string
  subject: string
}
interface MemberRow extends Identity {
  user_id: UserId
  linked_at: Date
  last_used_at: Date | null
}

type Tables = {
  openid_identities: Identity & { user_id: UserId }
  openid_members: MemberRow
  openid_answers: { state: string; expires_at: Date }
}
const tables = (db: Sql | Tx) => db.withTables<Tables>()

export async function memberOf(db: Sql | Tx, { issuer, subject }: Identity): Promise<UserId | undefined> {
  const row = await tables(db)
    .selectFrom('openid_identities')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.user_id
}

export function identityOf(db: Sql | Tx, userId: UserId, issuer: string): Promise<MemberRow | undefined> {
  return tables(db)
    .selectFrom('openid_members')
    .selectAll()
    .where('user_id', '=', userId)
    .where('issuer', '=', issuer)
    .executeTakeFirst()
}

/** `taken`: it is another account's. `full`: the account has another one. */
export async function insertIdentity(
  tx: Tx,
  row: MemberRow,
): Promise<'inserted' | 'known' | 'taken' | 'full'> {
  const { user_id, issuer, subject } = row
  const inserted = await tables(tx)
    .insertInto('openid_identities')
    .values({ user_id, issuer, subject })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  if (!inserted) return (await memberOf(tx, row)) === user_id ? 'known' : 'taken'
  const kept = await tables(tx)
    .insertInto('openid_members')
    .values(row)
    .onConflict((conflict) => conflict.columns(['user_id', 'issuer']).doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return kept ? 'inserted' : 'full'
}

export async function noteUse(db: Sql | Tx, userId: UserId, issuer: string, at: Date): Promise<void> {
  await tables(db)
    .updateTable('openid_members')
    .set({ last_used_at: at })
    .where('user_id', '=', userId)
    .where('issuer', '=', issuer)
    .execute()
}

/** All of a member's, or that of one provider; answers how many there were. */
export async function deleteIdentities(tx: Tx, userId: UserId, issuer?: string): Promise<number> {
  let query = tables(tx).deleteFrom('openid_members').where('user_id', '=', userId)
  if (issuer !== undefined) query = query.where('issuer', '=', issuer)
  const gone = await query.returning(['issuer', 'subject']).execute()
  for (const identity of gone)
    await tables(tx)
      .deleteFrom('openid_identities')
      .where('issuer', '=', identity.issuer)
      .where('subject', '=', identity.subject)
      .where('user_id', '=', userId)
      .execute()
  return gone.length
}

/** True once for each. */
export async function noteAnswer(db: Sql, answer: Tables['openid_answers']): Promise<boolean> {
  const noted = await tables(db)
    .insertInto('openid_answers')
    .values(answer)
    .onConflict((conflict) => conflict.column('state').doNothing())
    .returning('state')
    .executeTakeFirst()
  return noted !== undefined
}

export async function deleteOldAnswers(db: Sql, now: Date): Promise<void> {
  await tables(db).deleteFrom('openid_answers').where('expires_at', '<=', now).execute()
}
