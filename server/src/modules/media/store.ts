import type { MediaId, SubjectRef, UploadId, UploadKind, UserId } from '@tintype/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { Purpose } from './imaging/plan.ts'
import { columnsOf, type MadeColumns, type Outcome, outcomeOf } from './outcome.ts'
import type { EditBy, TypeBy } from './sniffed.ts'

/** What a picture is attached to, as columns; all null: to nothing. */
interface SubjectColumns {
  subject_kind: string | null
  subject_id: string | null
  subject_partition: string | null
}

interface NewOf<K extends UploadKind> extends SubjectColumns {
  media_id: MediaId
  owner_id: UserId
  kind: K
  purpose: Purpose
  /** Not seen from then on; null: as long as its subject. */
  expires_at: Date | null
  original_key: string
  original_type: TypeBy[K]
  original_sha256: string
  edit: EditBy[K]
  recipe: string
  created_at: Date
}
export type NewMedia = { [K in UploadKind]: NewOf<K> }[UploadKind]

interface Progress {
  state: 'processing' | 'ready' | 'failed' | 'released'
  released_at: Date | null
}

/** `outcome`: null before it is made. */
export type RowOf<K extends UploadKind> = NewOf<K> &
  Progress & { outcome: Extract<Outcome, { kind: K }> | null }
export type MediaRow = { [K in UploadKind]: RowOf<K> }[UploadKind]

type Stored = NewOf<UploadKind> & Progress & MadeColumns

type Handle = Sql | Tx
const on = (db: Handle) => (db as Sql).withTables<{ media: Stored }>()
const anyOf = (ids: readonly MediaId[]) => sql<MediaId>`any(${ids}::uuid[])`
/** jsonb parameters: the driver would send a JavaScript array as a PostgreSQL one. */
const json = <T>(value: T) => sql<T>`${JSON.stringify(value)}::text::jsonb`

const columns = [
  'media_id',
  'owner_id',
  'kind',
  'subject_kind',
  'subject_id',
  'subject_partition',
  'purpose',
  'expires_at',
  'state',
  'original_key',
  'original_type',
  'original_sha256',
  'edit',
  'recipe',
  'width',
  'height',
  'thumbhash',
  'dominant_color',
  'renditions',
  'made',
  'created_at',
  'released_at',
] as const

/** A picture to be made of an upload, for what stands at `place` (from 1) among those that are made together. */
export type AttachedMedia = NewMedia & { place: number; upload_id: UploadId; closed: boolean }

/**
 * Uploads become pictures: items of a `with`, as `Outbox.act` wants them. Their relation `done` has the `place` of each whose uploads
 * were all pending until now; of the others nothing has changed. Where two want the same upload, it goes to the first of them.
 */
export function attaching(rows: readonly AttachedMedia[]): RawBuilder<unknown> {
  // Held in one order, so that two who claim the same uploads at once do not wait for each other.
  return sql`
    picture as (
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as picture (
        place int, upload_id uuid, media_id uuid, owner_id uuid, kind text, subject_kind text, subject_id uuid,
        subject_partition uuid, purpose text, expires_at timestamptz, original_key text, original_type text,
        original_sha256 text, edit jsonb, recipe text, closed boolean, created_at timestamptz)
    ),
    pending as (
      select picture.place, uploads.owner_id, uploads.upload_id
      from picture join uploads on uploads.owner_id = picture.owner_id and uploads.upload_id = picture.upload_id
      where uploads.state = 'pending'
      order by uploads.owner_id, uploads.upload_id, picture.place for update of uploads
    ),
    free as (
      select distinct on (owner_id, upload_id) place from pending order by owner_id, upload_id, place
    ),
    done as (
      select place from free group by place
      having count(*) = (select count(*) from picture where picture.place = free.place)
    ),
    claimed as (
      update uploads set state = 'used' from picture join done using (place)
      where uploads.owner_id = picture.owner_id and uploads.upload_id = picture.upload_id
    ),
    pictures as (
      insert into media (media_id, owner_id, kind, subject_kind, subject_id, subject_partition, purpose, expires_at, state,
                         original_key, original_type, original_sha256, edit, recipe, closed, created_at)
      select media_id, owner_id, kind, subject_kind, subject_id, subject_partition, purpose, expires_at, 'processing',
             original_key, original_type, original_sha256, edit, recipe, closed, created_at
      from picture join done using (place)
    )`
}

/** See MediaService. */
export const moving = (
  ids: readonly MediaId[],
  { subject_kind, subject_id, subject_partition }: SubjectColumns,
  closed: boolean,
): RawBuilder<unknown> => sql`
    moved as (
      update media set subject_kind = ${subject_kind}, subject_id = ${subject_id}::uuid,
        subject_partition = ${subject_partition}::uuid, closed = ${closed}
      where media_id = any(${ids}::uuid[]) and state = 'ready' returning media_id
    ),
    done as (select 1 as place from moved having count(*) = ${ids.length})`

/** What of a file is shown, once it can be. */
export type ReadyMedia = Outcome & {
  /** Its owner's alone, whatever its subject says. */
  sealed: boolean
  /** Links to it expire, whatever its owner's account. */
  closed: boolean
  media_id: MediaId
  owner_id: UserId
  subject: SubjectRef | null
  purpose: Purpose
  /** Milliseconds since 1970. */
  expires_at: number | null
  /** Of a film: what is said in it. */
  captions: { name: string; language: string } | null
}

/** Those that are made. */
export async function readReady(db: Handle, ids: readonly MediaId[]): Promise<ReadyMedia[]> {
  const rows = await selectReady(db, ids)
  return rows.flatMap((row) => {
    const { media_id, owner_id, purpose, kind, sealed, closed, captions } = row
    const outcome = outcomeOf(kind, row)
    const expires_at = row.expires_at?.getTime() ?? null
    return outcome
      ? [
          {
            ...outcome,
            media_id,
            owner_id,
            purpose,
            sealed,
            closed,
            expires_at,
            captions,
            subject: subjectOf(row),
          },
        ]
      : []
  })
}

const selectReady = statement<
  MadeColumns &
    SubjectColumns &
    Pick<NewMedia, 'media_id' | 'owner_id' | 'purpose' | 'expires_at' | 'kind'> &
    Pick<ReadyMedia, 'sealed' | 'closed' | 'captions'>
>(`
  select media_id, owner_id, kind, subject_kind, subject_id, subject_partition, purpose, expires_at, sealed, closed,
         width, height, thumbhash, dominant_color, renditions, made, captions
  from media where media_id = any($1::uuid[]) and state = 'ready'`)

export const subjectColumns = ({ kind, id, partition }: SubjectRef): SubjectColumns => ({
  subject_kind: kind,
  subject_id: id,
  subject_partition: partition,
})

export const subjectOf = (columns: SubjectColumns): SubjectRef | null => {
  const { subject_kind: kind, subject_id: id, subject_partition: partition } = columns
  return kind !== null && id !== null && partition !== null ? { kind, id, partition } : null
}

export async function readMedia(db: Handle, ids: readonly MediaId[]): Promise<MediaRow[]> {
  const rows = await on(db).selectFrom('media').select(columns).where('media_id', '=', anyOf(ids)).execute()
  return rows.map(({ width, height, thumbhash, dominant_color, renditions, made, ...row }) => {
    const outcome = outcomeOf(row.kind, { width, height, thumbhash, dominant_color, renditions, made })
    // The columns of a row are of the kind that the row says.
    return { ...row, outcome } as MediaRow
  })
}

export async function setSealed(tx: Tx, ids: readonly MediaId[], sealed: boolean): Promise<void> {
  await sql`update media set sealed = ${sealed} where media_id = any(${ids}::uuid[])`.execute(tx)
}

/** False when it is no longer waiting for this. */
export async function setReady(tx: Tx, id: MediaId, outcome: Outcome): Promise<boolean> {
  const result = await on(tx)
    .updateTable('media')
    .set({ ...made(outcome), state: 'ready' })
    .where('media_id', '=', id)
    .where('state', '=', 'processing')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Replaces what is shown of it. */
export async function setOutcome(db: Handle, id: MediaId, outcome: Outcome): Promise<void> {
  await on(db)
    .updateTable('media')
    .set(made(outcome))
    .where('media_id', '=', id)
    .where('state', '=', 'ready')
    .execute()
}

function made(outcome: Outcome) {
  const { renditions, made, ...columns } = columnsOf(outcome)
  return { ...columns, renditions: renditions && json(renditions), made: made && json(made) }
}

/** Marks what is still being processed as failed; its files are collected. Answers whether any was. */
export async function setFailed(tx: Tx, ids: readonly MediaId[], now: Date): Promise<boolean> {
  const result = await on(tx)
    .updateTable('media')
    .set({ state: 'failed', released_at: now })
    .where('media_id', '=', anyOf(ids))
    .where('state', 'in', ['processing', 'ready'])
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

export async function setReleased(db: Handle, ids: readonly MediaId[], now: Date): Promise<void> {
  await on(db)
    .updateTable('media')
    .set((eb) => ({ state: 'released', released_at: eb.fn.coalesce('released_at', eb.val(now)) }))
    .where('media_id', '=', anyOf(ids))
    .execute()
}

/** A chunk of a member's pictures that are not released yet. */
export async function ownedBy(db: Handle, ownerId: UserId, limit: number): Promise<MediaId[]> {
  const rows = await on(db)
    .selectFrom('media')
    .select('media_id')
    .where('owner_id', '=', ownerId)
    .where('state', '!=', 'released')
    .orderBy('media_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.media_id)
}

/** Some of what is attached to a thing and not released yet. */
export async function attachedTo(db: Handle, { kind, id }: SubjectRef, limit: number): Promise<MediaId[]> {
  const rows = await on(db)
    .selectFrom('media')
    .select('media_id')
    .where('subject_id', '=', id)
    .where('subject_kind', '=', kind)
    .where('released_at', 'is', null)
    .limit(limit)
    .execute()
  return rows.map((row) => row.media_id)
}

/** Some whose time is over and who are not released yet. */
export async function expired(db: Handle, now: Date, limit: number): Promise<MediaId[]> {
  const { rows } = await sql<{ media_id: MediaId }>`
    select media_id from media where expires_at <= ${now} and released_at is null
    order by expires_at limit ${limit}`.execute(on(db))
  return rows.map((row) => row.media_id)
}

export function releasedBefore(
  db: Handle,
  before: Date,
  limit: number,
): Promise<Pick<Stored, 'media_id' | 'owner_id' | 'recipe' | 'original_key' | 'created_at'>[]> {
  return on(db)
    .selectFrom('media')
    .select(['media_id', 'owner_id', 'recipe', 'original_key', 'created_at'])
    .where('released_at', '<', before)
    .orderBy('released_at')
    .limit(limit)
    .execute()
}

/** Whose they are, of what they are and what they say. */
export interface NewCaptions {
  language: string
  /** In URLs. */
  name: string
  vtt: string
}

/** Null takes them away. Undefined where there is no such film of a post of this owner. */
export async function setCaptions(
  tx: Tx,
  { media_id, owner_id, captions }: { media_id: MediaId; owner_id: UserId; captions: NewCaptions | null },
): Promise<SubjectColumns | undefined> {
  const told = captions && JSON.stringify({ name: captions.name, language: captions.language })
  const { rows } = await sql<SubjectColumns>`
    update media set captions = ${told}::text::jsonb
    where media_id = ${media_id} and owner_id = ${owner_id} and kind = 'video' and purpose = 'post' and state = 'ready'
    returning subject_kind, subject_id, subject_partition`.execute(tx)
  const [film] = rows
  if (!film) return undefined
  if (captions === null) await sql`delete from media_captions where media_id = ${media_id}`.execute(tx)
  else
    await sql`
      insert into media_captions (media_id, owner_id, language, vtt)
      values (${media_id}, ${owner_id}, ${captions.language}, ${captions.vtt})
      on conflict (media_id) do update set language = excluded.language, vtt = excluded.vtt`.execute(tx)
  return film
}

export async function readCaptions(db: Handle, id: MediaId): Promise<string | undefined> {
  const { rows } = await sql<{ vtt: string }>`
    select vtt from media_captions where media_id = ${id}`.execute(on(db))
  return rows[0]?.vtt
}

export async function deleteMedia(tx: Tx, ids: readonly MediaId[]): Promise<void> {
  await sql`delete from media_captions where media_id = any(${ids}::uuid[])`.execute(tx)
  await sql`delete from media_scores where media_id = any(${ids}::uuid[])`.execute(tx)
  await on(tx).deleteFrom('media').where('media_id', '=', anyOf(ids)).execute()
}

/** Of one owner, by id. */
export async function ownedAfter(
  db: Handle,
  ownerId: UserId,
  after: MediaId | null,
  limit: number,
): Promise<MediaId[]> {
  const rows = await on(db)
    .selectFrom('media')
    .select('media_id')
    .where('owner_id', '=', ownerId)
    .$if(after !== null, (query) => query.where('media_id', '>', after as MediaId))
    .orderBy('media_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.media_id)
}

/** Files of one owner that can be shown. */
export async function countOwned(db: Handle, ownerId: UserId): Promise<number> {
  const row = await on(db)
    .selectFrom('media')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'ready')
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
