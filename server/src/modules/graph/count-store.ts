import type { UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface CountChange {
  user_id: UserId
  /** Who did it, and is to see it counted at once. */
  actor_id: UserId
  change_id: string
  followers: -1 | 0 | 1
  following: -1 | 0 | 1
}
export interface CountRow {
  user_id: UserId
  followers_count: number
  following_count: number
}

/** Written in the transaction that adds or removes the follows. */
export async function noteChanges(tx: Tx, changes: readonly CountChange[]): Promise<void> {
  if (changes.length === 0) return
  await sql`
    insert into follow_count_changes (user_id, actor_id, change_id, followers, following)
    select * from unnest(${changes.map((c) => c.user_id)}::uuid[], ${changes.map((c) => c.actor_id)}::uuid[],
                         ${changes.map((c) => c.change_id)}::uuid[], ${changes.map((c) => c.followers)}::int[],
                         ${changes.map((c) => c.following)}::int[])`.execute(tx)
}

/**
 * Moves what waits for these members into their counts. One statement, so that a change is taken by exactly one of
 * two that do this at once, and a second call finds nothing.
 */
export async function applyChanges(db: Handle, userIds: readonly UserId[]): Promise<void> {
  await sql`
    with taken as (
      delete from follow_count_changes where user_id = any(${userIds}::uuid[])
      returning user_id, followers, following
    )
    insert into follow_counts (user_id, followers_count, following_count)
    select user_id, sum(followers), sum(following) from taken group by user_id order by user_id
    on conflict (user_id) do update set
      followers_count = follow_counts.followers_count + excluded.followers_count,
      following_count = follow_counts.following_count + excluded.following_count`.execute(db)
}

/** The counts, with what the viewer did and is not in them yet. Members who never followed nor were followed are absent. */
export async function readCounts(
  db: Handle,
  ids: readonly UserId[],
  viewerId: UserId | null,
): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`
    select user_id, sum(followers)::int as followers_count, sum(following)::int as following_count from (
      select user_id, followers_count as followers, following_count as following from follow_counts
      where user_id = any(${ids}::uuid[])
      union all
      select user_id, followers, following from follow_count_changes
      where user_id = any(${ids}::uuid[]) and actor_id = ${viewerId}::uuid
    ) counted group by user_id`.execute(db)
  return rows
}

/** Members for whom changes wait: what a consumer that gave up left behind. */
export async function waitingMembers(db: Handle, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select distinct user_id from follow_count_changes limit ${limit}`.execute(db)
  return rows.map((row) => row.user_id)
}

/**
 * Counts anew from the edges. Only in a serializable transaction: its statements must see one state, or a follow
 * made in between would be counted twice.
 */
export async function recount(tx: Tx, userIds: readonly UserId[]): Promise<void> {
  await sql`delete from follow_count_changes where user_id = any(${userIds}::uuid[])`.execute(tx)
  await sql`
    insert into follow_counts (user_id, followers_count, following_count)
    select id, (select count(*) from followers where followee_id = id),
               (select count(*) from following where follower_id = id)
    from unnest(${userIds}::uuid[]) as id
    on conflict (user_id) do update set
      followers_count = excluded.followers_count, following_count = excluded.following_count`.execute(tx)
}

export async function dropCounts(tx: Tx, userId: UserId): Promise<void> {
  await sql`delete from follow_count_changes where user_id = ${userId}`.execute(tx)
  await sql`delete from follow_counts where user_id = ${userId}`.execute(tx)
}
