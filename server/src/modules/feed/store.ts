import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

export const interactionWeights = { like: 1, comment: 2, save: 3 } as const
export type InteractionKind = keyof typeof interactionWeights

export interface TimelineRow {
  user_id: UserId
  last_read_at: Date
  /** Entries below it are not all in the timeline store; null: all are. */
  floor: PostId | null
}
type Tables = {
  timelines: TimelineRow
  celebrities: { author_id: UserId; since: Date }
  interactions: { user_id: UserId; author_id: UserId; post_id: PostId; kind: number }
}
const on = (db: Sql | Tx) => (db as Sql).withTables<Tables>()

/**
 * Reads members' timelines as they were before this visit, and notes it where the last one lies between the two bounds; without waiting for
 * the disk, as the next visit makes up for one that a crash forgets.
 */
export const visitTimelines = (
  db: Sql,
  userIds: readonly UserId[],
  { now, after, before }: { now: Date; after: Date; before: Date },
): Promise<TimelineRow[]> => noteVisits(db, userIds, now, after, before)

const noteVisits = statement<TimelineRow>(`
  with noted as (
    update timelines set last_read_at = $2 from set_config('synchronous_commit', 'off', true)
    where user_id = any($1::uuid[]) and last_read_at > $3 and last_read_at < $4)
  select user_id, last_read_at, floor from timelines where user_id = any($1::uuid[])`)

/** What a member did to posts made since `since`, by author and weighted (like 1, comment and save 2); authors of none are absent. */
export async function readAffinities(
  db: Sql,
  userId: UserId,
  authorIds: readonly UserId[],
  since: PostId,
): Promise<{ authors: UserId[]; weights: number[] }> {
  const [row] = await selectAffinities(db, userId, authorIds, since)
  return { authors: row?.authors ?? [], weights: row?.weights ?? [] }
}

const selectAffinities = statement<{ authors: UserId[] | null; weights: number[] | null }>(`
  select array_agg(author_id) as authors, array_agg(weight) as weights from (
    select author_id, sum(case kind when 1 then 1 else 2 end)::int as weight from interactions
    where user_id = $1 and author_id = any($2::uuid[]) and post_id > $3 group by author_id) by_author`)

export async function hasTimeline(db: Sql, userId: UserId): Promise<boolean> {
  const row = await on(db)
    .selectFrom('timelines')
    .select('user_id')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row !== undefined
}

export async function saveTimeline(db: Sql, row: TimelineRow): Promise<void> {
  const { last_read_at, floor } = row
  await on(db)
    .insertInto('timelines')
    .values(row)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ last_read_at, floor }))
    .execute()
}

/** From now on only entries from `floor` up are trusted to be all there; a floor is never lowered here. */
export async function raiseFloor(db: Sql, userId: UserId, floor: PostId): Promise<void> {
  await on(db)
    .updateTable('timelines')
    .set({ floor })
    .where('user_id', '=', userId)
    .where((where) => where.or([where('floor', 'is', null), where('floor', '<', floor)]))
    .execute()
}

/** Members with a timeline, by id. */
export async function timelinesAfter(db: Sql, after: UserId | undefined, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ user_id: UserId }>`
    select user_id from timelines
    where user_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    order by user_id limit ${limit}`.execute(db)
  return rows.map((row) => row.user_id)
}

/** The next visit makes them anew. */
export async function dropTimelines(db: Sql, userIds: readonly UserId[]): Promise<void> {
  await sql`delete from timelines where user_id = any(${userIds}::uuid[])`.execute(db)
}

export async function deleteTimeline(db: Sql, userId: UserId): Promise<void> {
  await on(db).deleteFrom('timelines').where('user_id', '=', userId).execute()
  await on(db).deleteFrom('interactions').where('user_id', '=', userId).execute()
}

/** Which of the members have a timeline and have read it since. */
export async function seenSince(db: Sql, userIds: readonly UserId[], since: Date): Promise<UserId[]> {
  const rows = await on(db)
    .selectFrom('timelines')
    .select('user_id')
    .where('user_id', '=', sql<UserId>`any(${userIds}::uuid[])`)
    .where('last_read_at', '>', since)
    .execute()
  return rows.map((row) => row.user_id)
}

export async function celebrities(db: Sql): Promise<UserId[]> {
  const rows = await on(db).selectFrom('celebrities').select('author_id').execute()
  return rows.map((row) => row.author_id)
}

export async function addCelebrity(db: Sql, authorId: UserId, since: Date): Promise<void> {
  await on(db)
    .insertInto('celebrities')
    .values({ author_id: authorId, since })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function removeCelebrity(db: Sql, authorId: UserId): Promise<void> {
  await on(db).deleteFrom('celebrities').where('author_id', '=', authorId).execute()
}

export type Interaction = { user_id: UserId; author_id: UserId; post_id: PostId; kind: InteractionKind }

const columnsOf = (rows: readonly Interaction[]) => sql`unnest(
  ${rows.map((row) => row.user_id)}::uuid[], ${rows.map((row) => row.author_id)}::uuid[],
  ${rows.map((row) => row.post_id)}::uuid[], ${rows.map((row) => interactionWeights[row.kind])}::smallint[])`

export async function addInteractions(db: Sql, rows: readonly Interaction[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into interactions (user_id, author_id, post_id, kind) select * from ${columnsOf(rows)}
    on conflict do nothing`.execute(db)
}

export async function removeInteractions(db: Sql, rows: readonly Interaction[]): Promise<void> {
  if (rows.length === 0) return
  await sql`delete from interactions where (user_id, author_id, post_id, kind) in (select * from ${columnsOf(rows)})`.execute(
    db,
  )
}
