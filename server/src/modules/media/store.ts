import type { MediaId, PhotoEdit, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'
import type { PhotoType } from './imaging/sniff.ts'

export interface StoredRendition {
  /** In URLs. */
  name: string
  /** In the object store. */
  key: string
  width: number
  height: number
  content_type: string
  /** Bytes. */
  size: number
}

/** What processing found and made; all null before. */
export interface Outcome {
  width: number
  height: number
  thumbhash: string
  dominant_color: string
  renditions: StoredRendition[]
}

export interface NewMedia {
  media_id: MediaId
  owner_id: UserId
  post_id: PostId | null
  original_key: string
  original_type: PhotoType
  original_sha256: string
  edit: PhotoEdit
  recipe: string
  created_at: Date
}

export interface MediaRow extends NewMedia, Nullable<Outcome> {
  state: 'processing' | 'ready' | 'failed' | 'released'
  released_at: Date | null
}
type Nullable<T> = { [K in keyof T]: T[K] | null }

type Handle = Sql | Tx
const on = (db: Handle) => (db as Sql).withTables<{ media: MediaRow }>()
const anyOf = (ids: readonly MediaId[]) => sql<MediaId>`any(${ids}::uuid[])`
/** jsonb parameters: the driver would send a JavaScript array as a PostgreSQL one. */
const json = <T>(value: T) => sql<T>`${JSON.stringify(value)}::text::jsonb`

const columns = [
  'media_id',
  'owner_id',
  'post_id',
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
  'created_at',
  'released_at',
] as const

export async function insertMedia(tx: Tx, rows: readonly NewMedia[]): Promise<void> {
  const values = rows.map((row) => ({ ...row, edit: json(row.edit), state: 'processing' as const }))
  await on(tx).insertInto('media').values(values).execute()
}

export function readMedia(db: Handle, ids: readonly MediaId[]): Promise<MediaRow[]> {
  return on(db).selectFrom('media').select(columns).where('media_id', '=', anyOf(ids)).execute()
}

/** False when it is no longer waiting for this. */
export async function setReady(tx: Tx, id: MediaId, outcome: Outcome): Promise<boolean> {
  const result = await on(tx)
    .updateTable('media')
    .set({ ...outcome, renditions: json(outcome.renditions), state: 'ready' })
    .where('media_id', '=', id)
    .where('state', '=', 'processing')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Replaces the renditions of a picture that is shown. */
export async function setRenditions(db: Handle, id: MediaId, renditions: StoredRendition[]): Promise<void> {
  await on(db)
    .updateTable('media')
    .set({ renditions: json(renditions) })
    .where('media_id', '=', id)
    .where('state', '=', 'ready')
    .execute()
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

export function releasedBefore(
  db: Handle,
  before: Date,
  limit: number,
): Promise<Pick<MediaRow, 'media_id' | 'owner_id' | 'recipe' | 'original_key'>[]> {
  return on(db)
    .selectFrom('media')
    .select(['media_id', 'owner_id', 'recipe', 'original_key'])
    .where('released_at', '<', before)
    .orderBy('released_at')
    .limit(limit)
    .execute()
}

export async function deleteMedia(tx: Tx, ids: readonly MediaId[]): Promise<void> {
  await on(tx).deleteFrom('media').where('media_id', '=', anyOf(ids)).execute()
}
