import type {
  LiveAudience,
  LiveCommentId,
  LiveId,
  LiveSource,
  LiveStatus,
  PostId,
  UserId,
} from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

type Handle = Sql | Tx

export interface LiveRecord {
  live_id: LiveId
  host_id: UserId
  title: string
  audience: LiveAudience
  source: LiveSource
  status: LiveStatus
  removed: boolean
  started_at: Date | null
  ended_at: Date | null
  slow_seconds: number
  comments_open: boolean
  pinned_id: LiveCommentId | null
  recorded: boolean
  replay_post_id: PostId | null
}

const columns = `live_id, host_id, title, audience, source, status, removed, started_at, ended_at, slow_seconds,
  comments_open, pinned_id, recorded, replay_post_id`

export const readLives = (db: Handle, ids: readonly LiveId[]): Promise<LiveRecord[]> => selectMany(db, ids)
const selectMany = statement<LiveRecord>(`select ${columns} from lives where live_id = any($1::uuid[])`)

type NewLive = Pick<LiveRecord, 'live_id' | 'host_id' | 'title' | 'audience' | 'source'> & { now: Date }

/** False where the host has one open. */
export async function insertLive(tx: Tx, live: NewLive): Promise<boolean> {
  const { live_id, host_id, title, audience, source, now } = live
  const { rows } = await sql`
    with own as (
      insert into member_lives (host_id, live_id, open) values (${host_id}, ${live_id}, true)
      on conflict do nothing returning live_id
    ), counts as (
      insert into live_counts (live_id) select live_id from own
    )
    insert into lives (live_id, host_id, title, audience, source, status, opened_at, fed_at)
    select live_id, ${host_id}::uuid, ${title}, ${audience}, ${source}, 'waiting', ${now}, ${now} from own
    returning live_id`.execute(tx)
  return rows.length > 0
}

/** Of a source: which one it is, and for what. */
type Run = Pick<LiveRecord, 'source' | 'status'> & { run: number }

/** A source begins. Undefined where it is over. `run` counts from 0. */
export async function beginRun(tx: Tx, id: LiveId, now: Date): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    update lives set runs = runs + 1, fed_at = ${now} where live_id = ${id} and status <> 'ended' and not removed
    returning runs - 1 as run, source, status`.execute(tx)
  return rows[0]
}

/** True the first time. */
export async function setStarted(tx: Tx, id: LiveId, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update lives set status = 'live', started_at = ${now}, fed_at = ${now}
    where live_id = ${id} and status = 'waiting' returning live_id`.execute(tx)
  return rows.length > 0
}

export async function setFed(db: Handle, ids: readonly LiveId[], now: Date): Promise<void> {
  await sql`update lives set fed_at = ${now} where live_id = any(${ids}::uuid[]) and status <> 'ended'`.execute(
    db,
  )
}

/** Answers whose it was where it was open. */
export async function setEnded(tx: Tx, id: LiveId, now: Date): Promise<UserId | undefined> {
  const { rows } = await sql<{ host_id: UserId }>`
    with ended as (
      update lives set status = 'ended', ended_at = ${now} where live_id = ${id} and status <> 'ended'
      returning live_id, host_id
    ), closed as (
      update member_lives m set open = false from ended e where m.host_id = e.host_id and m.live_id = e.live_id
    )
    select host_id from ended`.execute(tx)
  return rows[0]?.host_id
}

/** Open ones that nobody feeds: `quiet` of those that began, `waiting` of those that never did. */
export async function unfedLives(db: Handle, quiet: Date, waiting: Date): Promise<LiveId[]> {
  const { rows } = await sql<{ live_id: LiveId }>`
    select live_id from lives where status <> 'ended' and
      ((status = 'live' and fed_at < ${quiet}) or fed_at < ${waiting})
    order by fed_at limit 100`.execute(db)
  return rows.map((row) => row.live_id)
}

/** Those under way, last begun first. */
export async function openLives(db: Handle, limit: number): Promise<LiveId[]> {
  const { rows } = await sql<{ live_id: LiveId }>`
    select live_id from lives where status = 'live' and not removed order by live_id desc limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.live_id)
}

export async function openLiveOf(db: Handle, hostId: UserId): Promise<LiveId | undefined> {
  const { rows } = await sql<{ live_id: LiveId }>`
    select live_id from member_lives where host_id = ${hostId} and open`.execute(db)
  return rows[0]?.live_id
}

export async function livesOf(
  db: Handle,
  hostId: UserId,
  { before, limit }: { before?: LiveId | undefined; limit: number },
): Promise<LiveId[]> {
  const below = before === undefined ? sql`` : sql`and live_id < ${before}::uuid`
  const { rows } = await sql<{ live_id: LiveId }>`
    select live_id from member_lives where host_id = ${hostId} ${below} order by live_id desc limit ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.live_id)
}

interface Changes {
  title?: string | undefined
  comments_open?: boolean | undefined
  slow_seconds?: number | undefined
}

/** False where it is over. */
export async function changeLive(tx: Tx, id: LiveId, changes: Changes): Promise<boolean> {
  const { title = null, comments_open = null, slow_seconds = null } = changes
  const { rows } = await sql`
    update lives set title = coalesce(${title}::text, title),
      comments_open = coalesce(${comments_open}::boolean, comments_open),
      slow_seconds = coalesce(${slow_seconds}::smallint, slow_seconds)
    where live_id = ${id} and status <> 'ended' returning live_id`.execute(tx)
  return rows.length > 0
}

/** False where it was so already. */
export async function setLiveRemoved(tx: Tx, id: LiveId, removed: boolean): Promise<UserId | undefined> {
  const { rows } = await sql<{ host_id: UserId }>`
    update lives set removed = ${removed} where live_id = ${id} and removed <> ${removed}
    returning host_id`.execute(tx)
  return rows[0]?.host_id
}

export async function setPinned(tx: Tx, id: LiveId, commentId: LiveCommentId | null): Promise<void> {
  await sql`update lives set pinned_id = ${commentId} where live_id = ${id}`.execute(tx)
}

/** The id that its replay is to have: whoever asks first names it. Undefined where the live is gone. */
export async function nameReplay(db: Sql, id: LiveId, postId: PostId): Promise<PostId | undefined> {
  const { rows } = await sql<{ replay_name: PostId }>`
    update lives set replay_name = coalesce(replay_name, ${postId}::uuid) where live_id = ${id}
    returning replay_name`.execute(db)
  return rows[0]?.replay_name
}

export async function setReplay(tx: Tx, id: LiveId, postId: PostId): Promise<void> {
  await sql`update lives set replay_post_id = ${postId} where live_id = ${id}`.execute(tx)
}

/** With all that stands under it but its recording. */
export async function deleteLive(
  tx: Tx,
  { live_id, host_id }: Pick<LiveRecord, 'live_id' | 'host_id'>,
): Promise<void> {
  await sql`
    with own as (delete from member_lives where host_id = ${host_id} and live_id = ${live_id}),
    counts as (delete from live_counts where live_id = ${live_id}),
    audiences as (delete from live_audiences where live_id = ${live_id}),
    people as (delete from live_people where live_id = ${live_id}),
    talkers as (delete from live_talkers where live_id = ${live_id}),
    comments as (delete from live_comments where live_id = ${live_id})
    delete from lives where live_id = ${live_id}`.execute(tx)
}
