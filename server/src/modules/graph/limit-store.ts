import type { LimitedAccounts, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Pair } from './store.ts'

type Handle = Sql | Tx

export interface LimitRow {
  accounts: LimitedAccounts
  ends_at: Date
}

export async function readLimit(db: Handle, userId: UserId, now: Date): Promise<LimitRow | undefined> {
  const { rows } = await sql<LimitRow>`
    select accounts, ends_at from interaction_limits where user_id = ${userId} and ends_at > ${now}`.execute(
    db,
  )
  return rows[0]
}

/** `new_from`: the edge from which a follow is new; where a limit stands already, as of when that began. */
export async function setLimit(
  tx: Tx,
  { user_id, accounts, new_from, ends_at }: LimitRow & { user_id: UserId; new_from: string },
  now: Date,
): Promise<void> {
  await sql`
    insert into interaction_limits (user_id, accounts, new_from, ends_at)
    values (${user_id}, ${accounts}, ${new_from}, ${ends_at})
    on conflict (user_id) do update set accounts = excluded.accounts, ends_at = excluded.ends_at,
      new_from = case when interaction_limits.ends_at > ${now} then interaction_limits.new_from
                      else excluded.new_from end`.execute(tx)
}

/** False where there was none. */
export async function removeLimit(db: Handle, userId: UserId): Promise<boolean> {
  const { rows } = await sql`
    delete from interaction_limits where user_id = ${userId} returning user_id`.execute(db)
  return rows.length > 0
}

/** Takes out some of those whose time is over; answers whose they were. */
export async function takeDueLimits(tx: Tx, now: Date, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    delete from interaction_limits where user_id in (
      select user_id from interaction_limits where ends_at <= ${now} order by ends_at limit ${limit} for update skip locked
    ) returning user_id`.execute(tx)
  return rows.map(({ user_id }) => user_id)
}

/** Which of these members limit somebody. */
export async function limitersAmong(db: Handle, ids: readonly UserId[], now: Date): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from interaction_limits where user_id = any(${ids}::uuid[]) and ends_at > ${now}`.execute(
    db,
  )
  return rows.map(({ user_id }) => user_id)
}

/** Of these pairs those where `from` holds back what `to` does: they restrict them, or limit accounts like theirs for now. */
export async function heldBackAmong(db: Handle, pairs: readonly Pair[], now: Date): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    with pair (one, other) as (
      select * from unnest(${pairs.map(({ from }) => from)}::uuid[], ${pairs.map(({ to }) => to)}::uuid[])
    )
    select one as "from", other as "to" from pair
    join restricts on restricter_id = one and restricted_id = other
    union
    select one, other from pair
    join interaction_limits l on l.user_id = one and ends_at > ${now}
    left join followers f on f.followee_id = one and f.follower_id = other
    where one <> other
      and case when f.edge_id is null then accounts <> 'new_followers'
               else accounts <> 'strangers' and f.edge_id >= new_from end
      and not exists (select from following where follower_id = one and followee_id = other)`.execute(db)
  return rows
}
