import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { Counters } from '../../engines/db/counters.ts'
import type { Db } from '../../engines/db/port.ts'

/** Published posts of authors. */
export const postCounts = new Counters<[author: UserId], 'posts'>({
  counts: 'author_post_counts',
  journal: 'author_post_count_changes',
  key: ['author_id'],
  counted: ['posts'],
})

/** Counts anew what stands published. */
export async function recount(db: Db, authorIds: readonly UserId[]): Promise<void> {
  await postCounts.rebuild(
    db,
    authorIds,
    sql`select id, (select count(*) from author_posts where author_id = id and published and circles is null)
        from unnest(${authorIds}::uuid[]) as id`,
  )
}
