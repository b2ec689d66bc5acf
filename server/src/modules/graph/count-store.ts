import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { Counters } from '../../engines/db/counters.ts'
import type { Db } from '../../engines/db/port.ts'

export const followCounters = new Counters<[UserId], 'followers' | 'following'>({
  counts: 'follow_counts',
  journal: 'follow_count_changes',
  key: ['user_id'],
  counted: ['followers', 'following'],
})

/** Counts anew what follows there are. */
export async function recount(db: Db, userIds: readonly UserId[]): Promise<void> {
  await followCounters.rebuild(
    db,
    userIds,
    sql`select id, (select count(*) from followers where followee_id = id),
                   (select count(*) from following where follower_id = id)
        from unnest(${userIds}::uuid[]) as id`,
  )
}
