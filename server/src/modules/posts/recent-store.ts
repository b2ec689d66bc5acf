import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'
import type { Before, PostRef } from './store.ts'

/**
 * Published posts of the days from `from` to `to` (`2026-01-31`, UTC), newest first. A post's day follows from its id, so
 * ordering by day first changes nothing but lets one index be read from its end, however many posts a day has.
 */
export async function recentPosts(
  db: Sql,
  { from, to }: { from: string; to: string },
  { before, limit }: Before,
): Promise<PostRef[]> {
  const below = before === undefined ? sql`` : sql`and post_id < ${before}::uuid`
  const { rows } = await sql<PostRef>`
    select post_id, author_id from recent_posts
    where day >= ${from}::date and day <= ${to}::date ${below}
    order by day desc, post_id desc limit ${limit}`.execute(db)
  return rows
}
