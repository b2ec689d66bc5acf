import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

type Tables = {
  name_terms: { term: string; user_id: UserId; terms: string[] }
}

/** Puts a member under these words, and under no others they had before. */
export async function replaceTerms(
  tx: Tx,
  userId: UserId,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  const db = tx.withTables<Tables>()
  if (before.length > 0)
    await db
      .deleteFrom('name_terms')
      .where('term', '=', sql<string>`any(${before})`)
      .where('user_id', '=', userId)
      .execute()
  if (after.length > 0)
    await db
      .insertInto('name_terms')
      .values(after.map((term) => ({ term, user_id: userId, terms: [...after] })))
      .onConflict((conflict) => conflict.columns(['term', 'user_id']).doUpdateSet({ terms: [...after] }))
      .execute()
}

export interface Match {
  term: string
  user_id: UserId
}

/**
 * Members with a word that begins with `prefix`, by that word, each once (under the first of their words that does).
 * One range of the primary key.
 */
export async function findByPrefix(
  db: Sql,
  prefix: string,
  page: { after: Match | undefined; limit: number },
): Promise<Match[]> {
  // The highest code point: above every word that begins so.
  const end = `${prefix}\u{10ffff}`
  const { rows } = await sql<Match>`
    select term, user_id from name_terms
    where term >= ${prefix} and term < ${end}
      ${page.after ? sql`and (term, user_id) > (${page.after.term}, ${page.after.user_id}::uuid)` : sql``}
      and not exists (select 1 from unnest(terms) as other where other >= ${prefix} and other collate "C" < term)
    order by term, user_id
    limit ${page.limit}`.execute(db)
  return rows
}
