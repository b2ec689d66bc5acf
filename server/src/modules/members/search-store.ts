import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Tx } from '../../engines/db/port.ts'
import type { Wanted } from '../../text/names.ts'

/** Puts a member, who has gone by the username `before`, under these words, and under no others they had before. */
export async function replaceTerms(
  tx: Tx,
  userId: UserId,
  before: string,
  after: readonly string[],
): Promise<void> {
  // Each row names all of its member's words, also those of an earlier cut; the one of the username is always there.
  await sql`
    delete from name_terms where user_id = ${userId} and term in (
      select unnest(terms) from name_terms where term = ${before} and user_id = ${userId})`.execute(tx)
  if (after.length === 0) return
  await sql`
    insert into name_terms (term, user_id, terms)
    select term, ${userId}::uuid, ${after}::text[] from unnest(${after}::text[]) as term
    on conflict (term, user_id) do update set terms = excluded.terms`.execute(tx)
}

export interface Match {
  term: string
  user_id: UserId
}

/**
 * Members who have a word for each that is wanted, by the word for the first one, each once (under the first of their words
 * that is). One range of the primary key.
 */
export const matching = (
  [first, ...others]: readonly [Wanted, ...Wanted[]],
  page: { after: Match | undefined; limit: number },
) => sql<Match>`
    select term, user_id from name_terms
    where term >= ${first.from} and term < ${first.to}
      ${page.after ? sql`and (term, user_id) > (${page.after.term}, ${page.after.user_id}::uuid)` : sql``}
      and not exists (
        select from unnest(terms) as other
        where other collate "C" >= ${first.from} and other collate "C" < ${first.to} and other collate "C" < term)
      and not exists (
        select from unnest(${others.map(({ from }) => from)}::text[], ${others.map(({ to }) => to)}::text[]) as wanted (low, high)
        where not exists (
          select from unnest(terms) as other where other collate "C" >= low and other collate "C" < high))
    order by term, user_id
    limit ${page.limit}`
