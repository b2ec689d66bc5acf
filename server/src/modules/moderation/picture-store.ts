import type { ActId, KnownPictureChoice, MediaId, ModerationRule } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { CaseName } from './store.ts'

export interface KnownPicture {
  act_id: ActId
  hash: string
}

/** False where all of them stood there. */
export async function addKnown(
  tx: Tx,
  act_id: ActId,
  hashes: ReadonlyMap<MediaId, string>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into known_pictures (act_id, media_id, hash)
    select ${act_id}, media_id, hash
    from unnest(${[...hashes.keys()]}::uuid[], ${[...hashes.values()]}::text[]) as one (media_id, hash)
    where exists (select from moderation_acts where act_id = ${act_id} and lifted_at is null)
    on conflict do nothing returning act_id`.execute(tx)
  return rows.length > 0
}

export async function dropKnown(tx: Tx, act_id: ActId): Promise<boolean> {
  const { rows } = await sql`delete from known_pictures where act_id = ${act_id} returning act_id`.execute(tx)
  return rows.length > 0
}

export async function readKnown(db: Sql): Promise<{ choice: KnownPictureChoice; known: KnownPicture[] }> {
  const { rows } = await sql<{ choice: KnownPictureChoice }>`
    select known_pictures as choice from moderation_settings where id = 1`.execute(db)
  const choice = rows[0]?.choice ?? 'off'
  if (choice === 'off') return { choice, known: [] }
  const known = await sql<KnownPicture>`select act_id, hash from known_pictures`.execute(db)
  return { choice, known: known.rows }
}

/** False where that is known of it. */
export async function addRecognised(
  tx: Tx,
  { kind, subject_id }: CaseName,
  { act_id, bits }: { act_id: ActId; bits: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into recognised_pictures (kind, subject_id, act_id, bits)
    values (${kind}, ${subject_id}, ${act_id}, ${bits}) on conflict do nothing returning act_id`.execute(tx)
  return rows.length > 0
}

/** What was removed that a thing looks like, the most like it first. */
export interface Alike extends CaseName {
  partition: string
  rule: ModerationRule
  created_at: Date
}

export async function alikeOf(db: Sql, { kind, subject_id }: CaseName): Promise<Alike[]> {
  const { rows } = await sql<Alike>`
    select a.kind, a.subject_id, a.partition, a.rule, a.created_at
    from recognised_pictures r join moderation_acts a using (act_id)
    where r.kind = ${kind} and r.subject_id = ${subject_id} order by r.bits, a.act_id limit 10`.execute(db)
  return rows
}
