import type { NotificationId, SubjectRef, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'
import type { Fact } from '../notice.ts'

export interface NotificationRow extends Fact {
  notification_id: NotificationId
  read: boolean
  created_at: Date
}

interface Row extends Omit<NotificationRow, 'subject'> {
  subject_kind: string
  subject_id: string
  subject_partition: string
}
const columns = sql`
  user_id, notification_id, type, actor_id, subject_kind, subject_id, subject_partition, read, created_at`
const rowOf = ({ subject_kind, subject_id, subject_partition, ...row }: Row): NotificationRow => ({
  ...row,
  subject: { kind: subject_kind, id: subject_id, partition: subject_partition },
})

const factArrays = (facts: readonly Fact[]) => sql`
  ${facts.map((f) => f.user_id)}::uuid[], ${facts.map((f) => f.type)}::text[], ${facts.map((f) => f.actor_id)}::uuid[],
  ${facts.map((f) => f.subject.kind)}::text[], ${facts.map((f) => f.subject.id)}::uuid[],
  ${facts.map((f) => f.subject.partition)}::uuid[]`

/**
 * A fact that is told already stays as it is, read or not. One that was taken back stands again, as old as it was; after thirty
 * days it is news.
 */
export async function addNotifications(
  db: Sql,
  rows: readonly Omit<NotificationRow, 'read'>[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into notifications (user_id, type, actor_id, subject_kind, subject_id, subject_partition,
                               notification_id, created_at)
    select * from unnest(${factArrays(rows)}, ${rows.map((row) => row.notification_id)}::uuid[],
                         ${rows.map((row) => row.created_at)}::timestamptz[])
    on conflict on constraint notifications_fact do update set
      withdrawn_at = null,
      (notification_id, created_at, read) = (
        select excluded.notification_id, excluded.created_at, false
        where notifications.withdrawn_at < excluded.created_at - interval '30 days'
        union all select notifications.notification_id, notifications.created_at, notifications.read limit 1)
    where notifications.withdrawn_at is not null`.execute(db)
}

/** Takes back what was told; it stays unseen, lest it is told again as news. */
export async function withdrawFacts(db: Sql, facts: readonly (Fact & { at: Date })[]): Promise<void> {
  if (facts.length === 0) return
  await sql`
    update notifications n set withdrawn_at = fact.at
    from unnest(${factArrays(facts)}, ${facts.map((f) => f.at)}::timestamptz[])
      as fact (user_id, type, actor_id, subject_kind, subject_id, subject_partition, at)
    where n.user_id = fact.user_id and n.type = fact.type and n.actor_id = fact.actor_id
      and n.subject_kind = fact.subject_kind and n.subject_id = fact.subject_id and n.withdrawn_at is null`.execute(
    db,
  )
}

/**
 * Removes some of what is about these things, or about what stands under them; answers who had been told, fewer than `limit` rows when
 * nothing is left.
 */
export async function removeSomeOf(
  db: Sql,
  subjects: readonly SubjectRef[],
  limit: number,
): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    delete from notifications where (user_id, notification_id) in (
      select user_id, notification_id from notifications
      join unnest(${subjects.map((subject) => subject.id)}::uuid[],
                  ${subjects.map((subject) => subject.partition)}::uuid[]) as gone (id, partition)
        on subject_partition = gone.partition and gone.id in (subject_id, subject_partition)
      limit ${limit}
    ) returning user_id`.execute(db)
  return rows.map((row) => row.user_id)
}

/** Removes what two members were told of each other. */
export async function removeBetween(db: Sql, one: UserId, other: UserId): Promise<void> {
  await sql`
    delete from notifications
    where (user_id = ${one} and actor_id = ${other}) or (user_id = ${other} and actor_id = ${one})`.execute(
    db,
  )
}

/** Removes some of what a member was told or did; answers who had been told. */
export async function removeSomeOfMember(db: Sql, userId: UserId, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    delete from notifications where (user_id, notification_id) in (
      (select user_id, notification_id from notifications where user_id = ${userId} limit ${limit})
      union
      (select user_id, notification_id from notifications where actor_id = ${userId} limit ${limit})
    ) returning user_id`.execute(db)
  return rows.map((row) => row.user_id)
}

/** Some of who have not read what a member did. */
export async function recipientsOf(db: Sql, actorId: UserId, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select distinct user_id from notifications where actor_id = ${actorId} and not read and withdrawn_at is null limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.user_id)
}

/** Newest first. */
export async function pageNotifications(
  db: Sql,
  userId: UserId,
  page: { before: NotificationId | undefined; limit: number },
): Promise<NotificationRow[]> {
  const below = page.before === undefined ? sql`` : sql`and notification_id < ${page.before}::uuid`
  const { rows } = await sql<Row>`
    select ${columns} from notifications
    where user_id = ${userId} and withdrawn_at is null ${below} order by notification_id desc limit ${page.limit}`.execute(
    db,
  )
  return rows.map(rowOf)
}

/** Unread of one's own posts and of who follows; those about others' posts are to be looked at. Members with none are absent. */
export async function countUnread(
  db: Sql,
  userIds: readonly UserId[],
): Promise<{ user_id: UserId; own: number; others: number }[]> {
  const { rows } = await sql<{ user_id: UserId; own: number; others: number }>`
    select user_id, (count(*) filter (where type <> all(${ofOthers}::text[])))::int as own,
           (count(*) filter (where type = any(${ofOthers}::text[])))::int as others
    from notifications where user_id = any(${userIds}::uuid[]) and not read and withdrawn_at is null group by user_id`.execute(
    db,
  )
  return rows
}

/** What may be about a post of somebody else's, which may have been hidden since. */
const ofOthers = ['mention', 'reply', 'comment_like']

/** Newest first. */
export async function unreadOfOthers(db: Sql, userId: UserId, limit: number): Promise<NotificationRow[]> {
  const { rows } = await sql<Row>`
    select ${columns} from notifications
    where user_id = ${userId} and not read and withdrawn_at is null and type = any(${ofOthers}::text[])
    order by notification_id desc limit ${limit}`.execute(db)
  return rows.map(rowOf)
}

/** All up to and including `upTo`; all there are without it. */
export async function markRead(db: Sql, userId: UserId, upTo: NotificationId | undefined): Promise<void> {
  const until = upTo === undefined ? sql`` : sql`and notification_id <= ${upTo}::uuid`
  await sql`update notifications set read = true where user_id = ${userId} and not read ${until}`.execute(db)
}
