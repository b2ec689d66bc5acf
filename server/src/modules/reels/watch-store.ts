import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, statement, type Tx } from '../../engines/db/port.ts'

export interface Counted {
  post_id: PostId
  /** How much a viewing was worth, 0…; see watches.ts. */
  worth: number
}
/** `viewers` and `worth` are weights of one moment (see kit/forward-decay.ts). */
export interface Added {
  post_id: PostId
  plays: number
  viewers: number
  worth: number
}

/** From here to the end of the transaction nothing else is counted of the member's. */
export async function lockWatches(tx: Tx, userId: UserId): Promise<void> {
  await lock(tx, `reel_watches:${userId}`)
}

/** What was counted of the member's before. */
export const readWatches = (tx: Tx, userId: UserId, ids: readonly PostId[]): Promise<Counted[]> =>
  selectWatches(tx, userId, ids)
const selectWatches = statement<Counted>(
  'select post_id, worth from reel_watches where user_id = $1 and post_id = any($2::uuid[])',
)

/** Of a member's watches so many stay. */
export const KEPT = 500

export async function writeWatches(
  tx: Tx,
  userId: UserId,
  watches: readonly Counted[],
  at: Date,
): Promise<void> {
  await sql`
    insert into reel_watches (user_id, post_id, worth, watched_at)
    select ${userId}, post_id, worth, ${at} from unnest(
      ${watches.map((watch) => watch.post_id)}::uuid[], ${watches.map((watch) => watch.worth)}::real[]
    ) as watch (post_id, worth)
    on conflict (user_id, post_id) do update set worth = excluded.worth`.execute(tx)
  await sql`
    delete from reel_watches where user_id = ${userId} and watched_at < (
      select watched_at from reel_watches where user_id = ${userId}
      order by watched_at desc offset ${KEPT - 1} limit 1)`.execute(tx)
}

export async function addToStats(tx: Tx, added: readonly Added[]): Promise<void> {
  await insertStats(
    tx,
    added.map((each) => each.post_id),
    added.map((each) => each.plays),
    added.map((each) => each.viewers),
    added.map((each) => each.worth),
  )
}
const insertStats = statement(`
  insert into reel_stats (post_id, plays, viewers, worth)
  select * from unnest($1::uuid[], $2::int[], $3::float8[], $4::float8[]) as added (post_id, plays, viewers, worth)
  order by post_id
  on conflict (post_id) do update set plays = reel_stats.plays + excluded.plays,
    viewers = reel_stats.viewers + excluded.viewers, worth = reel_stats.worth + excluded.worth`)

/** Reels that nobody has watched are absent. */
export const readStats = (db: Sql, ids: readonly PostId[]): Promise<Added[]> => selectStats(db, ids)
const selectStats = statement<Added>(
  'select post_id, plays, viewers, worth from reel_stats where post_id = any($1::uuid[])',
)

/** Those of which most was seen of late. */
export const mostSeen = (db: Sql, limit: number): Promise<Added[]> => selectMostSeen(db, limit)
const selectMostSeen = statement<Added>(
  'select post_id, plays, viewers, worth from reel_stats order by worth desc limit $1',
)

/** What a member watched lately, newest first. */
export async function watchedBy(db: Sql, userId: UserId): Promise<PostId[]> {
  const rows = await selectWatched(db, userId)
  return rows.map((row) => row.post_id)
}
const selectWatched = statement<{ post_id: PostId }>(
  'select post_id from reel_watches where user_id = $1 order by watched_at desc',
)

/** True where there may be more. */
export async function forgetWatches(db: Sql, before: Date, limit: number): Promise<boolean> {
  const { rows } = await sql`
    delete from reel_watches where (user_id, post_id) in (
      select user_id, post_id from reel_watches where watched_at < ${before} order by watched_at limit ${limit})
    returning post_id`.execute(db)
  return rows.length === limit
}

export async function eraseWatches(db: Sql, userId: UserId): Promise<void> {
  await sql`delete from reel_watches where user_id = ${userId}`.execute(db)
}
