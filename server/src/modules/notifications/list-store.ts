import type { NotificationId, NotificationType, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Sql } from '../../engines/db/port.ts'
import { type NotificationRow, rowOf } from './store.ts'

/** A group with its newest notices, newest first: how many members did it to how many things. */
export interface ListedGroup {
  user_id: UserId
  group_id: NotificationId
  latest_id: NotificationId
  type: NotificationType
  read: boolean
  actors: number
  things: number
  notices: NotificationRow[]
}

/** So many are looked at for who is shown, and so many counted. */
const SHOWN = 8
const COUNTED = 10_000

interface Row {
  user_id: UserId
  group_id: NotificationId
  latest_id: NotificationId
  type: NotificationType
  read: boolean
  actors: number
  things: number
  notification_id: NotificationId
  actor_id: UserId
  created_at: Date
  subject_kind: string
  subject_id: string
  subject_partition: string
}

/** Of the groups that a selection names, those in which something stands; a row for each of their newest notices. */
async function read(db: Sql, groups: RawBuilder<unknown>): Promise<ListedGroup[]> {
  const { rows } = await sql<Row>`
    select g.user_id, g.group_id, g.latest_id, g.type, g.read, c.actors, c.things,
           d.notification_id, d.actor_id, d.created_at, d.subject_kind, d.subject_id, d.subject_partition
    from (${groups}) g
    cross join lateral (
      select count(distinct actor_id)::int as actors, count(distinct subject_id)::int as things from (
        select actor_id, subject_id from notifications n
        where n.user_id = g.user_id and n.group_id = g.group_id and withdrawn_at is null limit ${COUNTED}) counted
    ) c
    cross join lateral (
      select * from notifications n
      where n.user_id = g.user_id and n.group_id = g.group_id and withdrawn_at is null
      order by n.notification_id desc limit ${SHOWN}
    ) d
    order by g.latest_id desc, d.notification_id desc`.execute(db)
  return [...Map.groupBy(rows, (row) => row.group_id).values()].map((some) => {
    const [{ user_id, group_id, latest_id, type, read, actors, things }] = some as [Row]
    const notices = some.map(({ latest_id: _, read: __, actors: ___, things: ____, ...notice }) =>
      rowOf(notice),
    )
    return { user_id, group_id, latest_id, type, read, actors, things, notices }
  })
}

/** The same for a group of whatever state: a notice stands in it. */
const stands = sql`exists (
  select from notifications n
  where n.user_id = notification_groups.user_id and n.group_id = notification_groups.group_id and n.withdrawn_at is null)`

/** Newest first. */
export function pageGroups(
  db: Sql,
  userId: UserId,
  page: { before: NotificationId | undefined; limit: number },
): Promise<ListedGroup[]> {
  const below = page.before === undefined ? sql`` : sql`and latest_id < ${page.before}::uuid`
  return read(
    db,
    sql`select * from notification_groups where user_id = ${userId} ${below} and ${stands}
        order by latest_id desc limit ${page.limit}`,
  )
}

/** Those of these that are unread. */
export function unreadAmong(db: Sql, userId: UserId, ids: readonly NotificationId[]): Promise<ListedGroup[]> {
  return read(
    db,
    sql`select * from notification_groups where user_id = ${userId} and group_id = any(${ids}::uuid[]) and not read`,
  )
}

/** Unread that something joined since then, newest first. */
export function unreadSince(db: Sql, userId: UserId, since: Date, limit: number): Promise<ListedGroup[]> {
  return read(
    db,
    sql`select * from notification_groups
        where user_id = ${userId} and not read and latest_at > ${since} and ${stands}
        order by latest_id desc limit ${limit}`,
  )
}

/** Unread of one's own things, and of those of others, which are to be looked at. Members with none are absent. */
export async function countUnread(
  db: Sql,
  userIds: readonly UserId[],
  ofOthers: readonly NotificationType[],
): Promise<{ user_id: UserId; own: number; others: number }[]> {
  const { rows } = await sql<{ user_id: UserId; own: number; others: number }>`
    select user_id, (count(*) filter (where type <> all(${ofOthers}::text[])))::int as own,
           (count(*) filter (where type = any(${ofOthers}::text[])))::int as others
    from notification_groups where user_id = any(${userIds}::uuid[]) and not read and ${stands}
    group by user_id`.execute(db)
  return rows
}

/** Newest first. */
export function unreadOfOthers(
  db: Sql,
  userId: UserId,
  ofOthers: readonly NotificationType[],
  limit: number,
): Promise<ListedGroup[]> {
  return read(
    db,
    sql`select * from notification_groups
        where user_id = ${userId} and not read and type = any(${ofOthers}::text[]) and ${stands}
        order by latest_id desc limit ${limit}`,
  )
}
