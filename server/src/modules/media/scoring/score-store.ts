import type { MediaId, PictureScore, SubjectRef, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../../engines/db/port.ts'
import { subjectOf } from '../store.ts'

export async function readScores(db: Sql, ids: readonly MediaId[]): Promise<PictureScore[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PictureScore>`
    select media_id, model, score, shares, at_ms from media_scores where media_id = any(${ids}::uuid[])`.execute(
    db,
  )
  return rows
}

export async function writeScores(tx: Tx, scores: readonly PictureScore[]): Promise<void> {
  await sql`
    insert into media_scores (media_id, model, score, shares, at_ms)
    select media_id, model, score, shares, at_ms
    from jsonb_to_recordset(${JSON.stringify(scores)}::text::jsonb)
      as one (media_id uuid, model text, score int, shares jsonb, at_ms int)
    where exists (select from media where media.media_id = one.media_id)
    on conflict (media_id) do update
      set model = excluded.model, score = excluded.score, shares = excluded.shares, at_ms = excluded.at_ms`.execute(
    tx,
  )
}

export interface Scorable {
  media_id: MediaId
  owner_id: UserId
  subject: SubjectRef
}

/** Some that are shown somewhere, by id. */
export async function shownAfter(db: Sql, after: MediaId | null, limit: number): Promise<Scorable[]> {
  const { rows } = await sql<
    Omit<Scorable, 'subject'> & { subject_kind: string; subject_id: string; subject_partition: string }
  >`
    select media_id, owner_id, subject_kind, subject_id, subject_partition from media
    where state = 'ready' and kind <> 'voice' and subject_id is not null
      ${after === null ? sql`` : sql`and media_id > ${after}::uuid`}
    order by media_id limit ${limit}`.execute(db)
  return rows.flatMap((row) => {
    const subject = subjectOf(row)
    return subject ? [{ media_id: row.media_id, owner_id: row.owner_id, subject }] : []
  })
}
