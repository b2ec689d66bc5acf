import type { PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement } from '../../engines/db/port.ts'
import { HIGHEST_ID } from '../../kit/ids.ts'

export interface ReelRef {
  post_id: PostId
  author_id: UserId
}
export interface Below {
  before: PostId | undefined
  limit: number
}
/** `day`: of its id, by UTC (`2026-01-31`). */
interface Listed extends ReelRef {
  day: string
  sound_id: PostId | null
}

/** Twice is once. */
export async function listReel(db: Sql, { post_id, author_id, day, sound_id }: Listed): Promise<void> {
  await sql`
    with own as (
      insert into author_reels (author_id, post_id) values (${author_id}, ${post_id}) on conflict do nothing
    ), recent as (
      insert into recent_reels (day, post_id, author_id) values (${day}::date, ${post_id}, ${author_id})
      on conflict do nothing
    ), elsewhere as (
      delete from sound_reels where post_id = ${post_id} and sound_id is distinct from ${sound_id}::uuid
    )
    insert into sound_reels (sound_id, post_id, author_id)
    select ${sound_id}::uuid, ${post_id}, ${author_id} where ${sound_id}::uuid is not null
    on conflict do nothing`.execute(db)
}

export async function unlistReel(
  db: Sql,
  { post_id, author_id, day }: Omit<Listed, 'sound_id'>,
): Promise<void> {
  await sql`
    with own as (delete from author_reels where author_id = ${author_id} and post_id = ${post_id}),
    recent as (delete from recent_reels where day = ${day}::date and post_id = ${post_id})
    delete from sound_reels where post_id = ${post_id}`.execute(db)
}

/** A post that is gone: also where its sound was used. */
export async function eraseReel(db: Sql, reel: Omit<Listed, 'sound_id'>): Promise<void> {
  const { post_id } = reel
  await unlistReel(db, reel)
  await sql`
    with watched as (delete from reel_watches where post_id = ${post_id}),
    counted as (delete from reel_stats where post_id = ${post_id})
    delete from sound_reels where sound_id = ${post_id}`.execute(db)
}

/** Newest first. */
export const authorReels = (db: Sql, authorId: UserId, { before = HIGHEST_ID as PostId, limit }: Below) =>
  selectAuthors(db, authorId, before, limit)
const selectAuthors = statement<ReelRef>(`
  select post_id, author_id from author_reels where author_id = $1 and post_id < $2::uuid
  order by post_id desc limit $3`)

export const soundReels = (db: Sql, soundId: PostId, { before = HIGHEST_ID as PostId, limit }: Below) =>
  selectWithSound(db, soundId, before, limit)
const selectWithSound = statement<ReelRef>(`
  select post_id, author_id from sound_reels where sound_id = $1 and post_id < $2::uuid
  order by post_id desc limit $3`)

/** Of days up to `to`; a post's day follows from its id, so one index is read from its end. */
export const recentReels = (db: Sql, to: string, { before = HIGHEST_ID as PostId, limit }: Below) =>
  selectRecent(db, to, before, limit)
const selectRecent = statement<ReelRef>(`
  select post_id, author_id from recent_reels where day <= $1::date and post_id < $2::uuid
  order by day desc, post_id desc limit $3`)

/** The newest of many authors together, `perAuthor` of each at most. */
export const reelsOfAuthors = (db: Sql, authorIds: readonly UserId[], perAuthor: number) =>
  selectOfAuthors(db, authorIds, perAuthor)
const selectOfAuthors = statement<ReelRef>(`
  select made.post_id, made.author_id from unnest($1::uuid[]) as author (id) cross join lateral (
    select post_id, author_id from author_reels where author_id = author.id order by post_id desc limit $2
  ) made order by made.post_id desc`)
