import type { MediaId, ScheduledId, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'
import type { NewPostBody } from '../posts/api.ts'

type Handle = Sql | Tx

/** What a post will be made of, but for its files. */
export type ScheduledBody = Omit<NewPostBody, 'upload_ids' | 'edits' | 'video_edits' | 'filter'>

export interface ScheduledRow {
  author_id: UserId
  scheduled_id: ScheduledId
  publish_at: Date
  body: ScheduledBody
  media_ids: MediaId[]
  media_state: 'processing' | 'ready' | 'failed'
  failure_code: string | null
  version: number
}

const columns = sql.raw(
  'author_id, scheduled_id, publish_at, body, media_ids, media_state, failure_code, version',
)
const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`

/** Until the transaction ends nobody else changes how many posts of the author wait; answers how many do. */
export async function lockScheduled(tx: Tx, authorId: UserId): Promise<number> {
  await lock(tx, `scheduled_posts:${authorId}`)
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from scheduled_posts where author_id = ${authorId}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** An item of a `with` beside one called `done`: a row where that has one. */
export const scheduling = (
  row: Pick<ScheduledRow, 'author_id' | 'scheduled_id' | 'publish_at' | 'body' | 'media_ids'>,
): RawBuilder<unknown> => sql`
  scheduled as (
    insert into scheduled_posts (author_id, scheduled_id, publish_at, body, media_ids)
    select ${row.author_id}::uuid, ${row.scheduled_id}::uuid, ${row.publish_at}::timestamptz, ${json(row.body)},
      ${row.media_ids}::uuid[]
    from done
  )`

/** The next one first. */
export async function scheduledBy(db: Handle, authorId: UserId): Promise<ScheduledRow[]> {
  const { rows } = await sql<ScheduledRow>`
    select ${columns} from scheduled_posts where author_id = ${authorId}
    order by publish_at, scheduled_id`.execute(db)
  return rows
}

export async function readOwn(
  db: Handle,
  authorId: UserId,
  id: ScheduledId,
): Promise<ScheduledRow | undefined> {
  const { rows } = await sql<ScheduledRow>`
    select ${columns} from scheduled_posts where author_id = ${authorId} and scheduled_id = ${id}`.execute(db)
  return rows[0]
}

/** Whoever's they are. */
export async function readScheduled(db: Handle, ids: readonly ScheduledId[]): Promise<ScheduledRow[]> {
  const { rows } = await sql<ScheduledRow>`
    select ${columns} from scheduled_posts where scheduled_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** Whose time has come, the longest overdue first. */
export async function dueBefore(
  db: Handle,
  now: Date,
  after: ScheduledRow | undefined,
  limit: number,
): Promise<ScheduledRow[]> {
  const behind = after
    ? sql`and (publish_at, scheduled_id) > (${after.publish_at}, ${after.scheduled_id}::uuid)`
    : sql``
  const { rows } = await sql<ScheduledRow>`
    select ${columns} from scheduled_posts
    where publish_at <= ${now} and media_state = 'ready' and failure_code is null ${behind}
    order by publish_at, scheduled_id limit ${limit}`.execute(db)
  return rows
}

/** False where it is another by now, or gone. */
export async function changeScheduled(
  db: Handle,
  { author_id, scheduled_id, version }: ScheduledRow,
  { publish_at, body }: Pick<ScheduledRow, 'publish_at' | 'body'>,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update scheduled_posts set publish_at = ${publish_at}, body = ${json(body)}, version = version + 1,
      failure_code = case media_state when 'failed' then failure_code end
    where author_id = ${author_id} and scheduled_id = ${scheduled_id} and version = ${version}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Answers whose it is; undefined where this was known, or it is gone. */
export async function setMediaState(
  db: Handle,
  id: ScheduledId,
  state: 'ready' | 'failed',
  failure_code: string | null,
): Promise<UserId | undefined> {
  const { rows } = await sql<{ author_id: UserId }>`
    update scheduled_posts set media_state = ${state}, failure_code = ${failure_code}
    where scheduled_id = ${id} and media_state = 'processing' returning author_id`.execute(db)
  return rows[0]?.author_id
}

/** False where it is another by now, or gone. */
export async function failScheduled(
  db: Handle,
  { author_id, scheduled_id, version }: ScheduledRow,
  code: string,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update scheduled_posts set failure_code = ${code}
    where author_id = ${author_id} and scheduled_id = ${scheduled_id} and version = ${version}`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Whoever takes it away is the one to publish it. False where it is another by now, or gone. */
export async function takeScheduled(
  tx: Tx,
  { author_id, scheduled_id, version }: ScheduledRow,
): Promise<boolean> {
  const { rows } = await sql`
    delete from scheduled_posts
    where author_id = ${author_id} and scheduled_id = ${scheduled_id} and version = ${version}
      and media_state = 'ready' returning scheduled_id`.execute(tx)
  return rows.length > 0
}

/** Whatever it is by now. */
export async function deleteScheduled(
  tx: Tx,
  authorId: UserId,
  id: ScheduledId,
): Promise<ScheduledRow | undefined> {
  const { rows } = await sql<ScheduledRow>`
    delete from scheduled_posts where author_id = ${authorId} and scheduled_id = ${id}
    returning ${columns}`.execute(tx)
  return rows[0]
}
