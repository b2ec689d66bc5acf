import type { NotificationId, SubjectRef, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { Fact } from '../notice.ts'
import type { DatedFact, GroupName } from './group-store.ts'

/** One notice of a group, as it stands. */
export interface NotificationRow extends DatedFact {
  group_id: NotificationId
}

interface SubjectColumns {
  subject_kind: string
  subject_id: string
  subject_partition: string
}
export function rowOf<R extends SubjectColumns>(
  row: R,
): Omit<R, keyof SubjectColumns> & { subject: SubjectRef } {
  const { subject_kind, subject_id, subject_partition, ...rest } = row
  return { ...rest, subject: { kind: subject_kind, id: subject_id, partition: subject_partition } }
}

const factArrays = (facts: readonly Fact[]) => sql`
  ${facts.map((f) => f.user_id)}::uuid[], ${facts.map((f) => f.type)}::text[], ${facts.map((f) => f.actor_id)}::uuid[],
  ${facts.map((f) => f.subject.kind)}::text[], ${facts.map((f) => f.subject.id)}::uuid[],
  ${facts.map((f) => f.subject.partition)}::uuid[]`
const sameFact = sql`
  n.user_id = fact.user_id and n.type = fact.type and n.actor_id = fact.actor_id
  and n.subject_kind = fact.subject_kind and n.subject_id = fact.subject_id`
const fact = sql`fact (user_id, type, actor_id, subject_kind, subject_id, subject_partition)`

export interface KnownFact {
  /** Its place among those asked for, from 0. */
  place: number
  withdrawn_at: Date | null
}

/** Which of these facts have a row, taken back or not. */
export async function knownFacts(tx: Tx, facts: readonly Fact[]): Promise<KnownFact[]> {
  if (facts.length === 0) return []
  const { rows } = await sql<KnownFact>`
    select (place - 1)::int as place, n.withdrawn_at
    from unnest(${factArrays(facts)}) with ordinality
      as fact (user_id, type, actor_id, subject_kind, subject_id, subject_partition, place)
    join notifications n on ${sameFact}`.execute(tx)
  return rows
}

/** What was taken back stands again, as old as it was. */
export async function restoreFacts(tx: Tx, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return
  await sql`
    update notifications n set withdrawn_at = null from unnest(${factArrays(facts)}) as ${fact}
    where ${sameFact} and n.withdrawn_at is not null`.execute(tx)
}

/** Facts that were not told, or so long ago that they are news. */
export async function addNotifications(tx: Tx, rows: readonly NotificationRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into notifications (user_id, type, actor_id, subject_kind, subject_id, subject_partition,
                               notification_id, group_id, created_at)
    select * from unnest(${factArrays(rows)}, ${rows.map((row) => row.notification_id)}::uuid[],
                         ${rows.map((row) => row.group_id)}::uuid[], ${rows.map((row) => row.created_at)}::timestamptz[])
    on conflict on constraint notifications_fact do update set
      withdrawn_at = null, notification_id = excluded.notification_id, group_id = excluded.group_id,
      created_at = excluded.created_at`.execute(tx)
}

/** Takes back what was told; it stays unseen, lest it is told again as news. Answers whose groups have less in them. */
export async function withdrawFacts(tx: Tx, facts: readonly (Fact & { at: Date })[]): Promise<GroupName[]> {
  if (facts.length === 0) return []
  const { rows } = await sql<GroupName>`
    update notifications n set withdrawn_at = fact.at
    from unnest(${factArrays(facts)}, ${facts.map((f) => f.at)}::timestamptz[])
      as fact (user_id, type, actor_id, subject_kind, subject_id, subject_partition, at)
    where ${sameFact} and n.withdrawn_at is null returning n.user_id, n.group_id`.execute(tx)
  return rows
}

/**
 * Removes some of what is about these things, or about what stands under them; answers whose groups it stood in, fewer than `limit` when
 * nothing is left.
 */
export async function removeSomeOf(
  db: Sql,
  subjects: readonly SubjectRef[],
  limit: number,
): Promise<GroupName[]> {
  const { rows } = await sql<GroupName>`
    delete from notifications where (user_id, notification_id) in (
      select user_id, notification_id from notifications
      join unnest(${subjects.map((subject) => subject.id)}::uuid[],
                  ${subjects.map((subject) => subject.partition)}::uuid[]) as gone (id, partition)
        on subject_partition = gone.partition and gone.id in (subject_id, subject_partition)
      limit ${limit}
    ) returning user_id, group_id`.execute(db)
  return rows
}

/** Removes what two members were told of each other. */
export async function removeBetween(db: Sql, one: UserId, other: UserId): Promise<GroupName[]> {
  const { rows } = await sql<GroupName>`
    delete from notifications
    where (user_id = ${one} and actor_id = ${other}) or (user_id = ${other} and actor_id = ${one})
    returning user_id, group_id`.execute(db)
  return rows
}

/** Removes some of what a member was told or did; answers whose groups it stood in. */
export async function removeSomeOfMember(db: Sql, userId: UserId, limit: number): Promise<GroupName[]> {
  const { rows } = await sql<GroupName>`
    delete from notifications where (user_id, notification_id) in (
      (select user_id, notification_id from notifications where user_id = ${userId} limit ${limit})
      union
      (select user_id, notification_id from notifications where actor_id = ${userId} limit ${limit})
    ) returning user_id, group_id`.execute(db)
  return rows
}

/** Some of who have not read what a member did. */
export async function recipientsOf(db: Sql, actorId: UserId, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select distinct n.user_id from notifications n
    join notification_groups g on g.user_id = n.user_id and g.group_id = n.group_id and not g.read
    where n.actor_id = ${actorId} and n.withdrawn_at is null limit ${limit}`.execute(db)
  return rows.map((row) => row.user_id)
}
