import type { NotificationId, NotificationType, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Fact } from '../notice.ts'

export interface DatedFact extends Fact {
  notification_id: NotificationId
  created_at: Date
}

export interface GroupRow {
  user_id: UserId
  group_id: NotificationId
  type: NotificationType
  place_id: string | null
  actor_id: UserId | null
  latest_id: NotificationId
  latest_at: Date
}

export interface GroupName {
  user_id: UserId
  group_id: NotificationId
}

/** What these members are told is written by nobody else until the transaction ends; in an order, so that two never wait for each other. */
export async function lockMembers(tx: Tx, ids: readonly UserId[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('notices:' || id, 0))
    from (select distinct unnest(${ids}::text[]) as id order by 1) as members`.execute(tx)
}

/** Unread ones that these facts may join, oldest first. */
export async function openGroups(
  tx: Tx,
  facts: readonly { user_id: UserId; type: string; place_id: string; actor_id: UserId }[],
): Promise<GroupRow[]> {
  if (facts.length === 0) return []
  const { rows } = await sql<GroupRow>`
    select g.user_id, g.group_id, g.type, g.place_id, g.actor_id, g.latest_id, g.latest_at
    from notification_groups g
    where not g.read and exists (
      select from unnest(${facts.map((f) => f.user_id)}::uuid[], ${facts.map((f) => f.type)}::text[],
                         ${facts.map((f) => f.place_id)}::uuid[], ${facts.map((f) => f.actor_id)}::uuid[])
        as fact (user_id, type, place_id, actor_id)
      where fact.user_id = g.user_id and fact.type = g.type
        and (fact.place_id = g.place_id or fact.actor_id = g.actor_id))
      and g.user_id = any(${[...new Set(facts.map((f) => f.user_id))]}::uuid[])
    order by g.group_id`.execute(tx)
  return rows
}

export async function writeGroups(tx: Tx, groups: readonly GroupRow[]): Promise<void> {
  if (groups.length === 0) return
  await sql`
    insert into notification_groups (user_id, group_id, type, place_id, actor_id, latest_id, latest_at)
    select * from unnest(
      ${groups.map((g) => g.user_id)}::uuid[], ${groups.map((g) => g.group_id)}::uuid[],
      ${groups.map((g) => g.type)}::text[], ${groups.map((g) => g.place_id)}::uuid[],
      ${groups.map((g) => g.actor_id)}::uuid[], ${groups.map((g) => g.latest_id)}::uuid[],
      ${groups.map((g) => g.latest_at)}::timestamptz[])
    on conflict (user_id, group_id) do update set
      place_id = excluded.place_id, actor_id = excluded.actor_id,
      latest_id = excluded.latest_id, latest_at = excluded.latest_at`.execute(tx)
}

/** Those of which nothing is left. */
export async function dropEmptyGroups(db: Sql | Tx, names: readonly GroupName[]): Promise<void> {
  if (names.length === 0) return
  await sql`
    delete from notification_groups g
    using unnest(${names.map((n) => n.user_id)}::uuid[], ${names.map((n) => n.group_id)}::uuid[]) as gone (user_id, group_id)
    where g.user_id = gone.user_id and g.group_id = gone.group_id
      and not exists (select from notifications n where n.user_id = g.user_id and n.group_id = g.group_id)`.execute(
    db,
  )
}

/** All up to and including `upTo`, all there are without it; answers those that were unread. */
export async function markRead(
  tx: Tx,
  userId: UserId,
  upTo: NotificationId | undefined,
): Promise<NotificationId[]> {
  const until = upTo === undefined ? sql`` : sql`and latest_id <= ${upTo}::uuid`
  const { rows } = await sql<{ group_id: NotificationId }>`
    update notification_groups set read = true where user_id = ${userId} and not read ${until}
    returning group_id`.execute(tx)
  return rows.map((row) => row.group_id)
}
