import type { LiveId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

export type Part = 'moderator' | 'removed'
export interface PersonRow {
  user_id: UserId
  part: Part
}

export async function peopleOf(
  db: Sql,
  ids: readonly LiveId[],
): Promise<(PersonRow & { live_id: LiveId })[]> {
  const { rows } = await sql<PersonRow & { live_id: LiveId }>`
    select live_id, user_id, part from live_people where live_id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** In the place of what they were. False where there are `most` already. */
export async function setPart(
  tx: Tx,
  { live_id, user_id, part, most }: PersonRow & { live_id: LiveId; most: number },
): Promise<boolean> {
  // One at a time, so that the limit holds.
  await sql`select from lives where live_id = ${live_id} for update`.execute(tx)
  const { rows } = await sql`
    insert into live_people (live_id, user_id, part)
    select ${live_id}, ${user_id}, ${part} where (
      select count(*) from live_people where live_id = ${live_id} and part = ${part} and user_id <> ${user_id}
    ) < ${most}
    on conflict (live_id, user_id) do update set part = excluded.part returning user_id`.execute(tx)
  return rows.length > 0
}

export async function dropPart(
  tx: Tx,
  { live_id, user_id, part }: PersonRow & { live_id: LiveId },
): Promise<void> {
  await sql`
    delete from live_people where live_id = ${live_id} and user_id = ${user_id} and part = ${part}`.execute(
    tx,
  )
}

/** Their comments, their parts, their keys. True while more may be left. */
export async function eraseSomeOf(db: Sql, userId: UserId, limit: number): Promise<boolean> {
  const { rows } = await sql<{ gone: number }>`
    with said as (
      delete from live_comments where (live_id, comment_id) in (
        select live_id, comment_id from live_comments where user_id = ${userId} limit ${limit}) returning 1
    ), talked as (delete from live_talkers where user_id = ${userId}),
    parts as (delete from live_people where user_id = ${userId}),
    keys as (delete from stream_keys where user_id = ${userId})
    select count(*)::int as gone from said`.execute(db)
  return (rows[0]?.gone ?? 0) >= limit
}
