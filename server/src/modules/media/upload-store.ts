import type { UploadId, UploadKind, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { lock, type Sql, type Tx } from '../../engines/db/port.ts'

export interface UploadRow {
  owner_id: UserId
  upload_id: UploadId
  kind: UploadKind
  content_type: string
  size: number
  sha256: string | null
  object_key: string
  multipart_id: string | null
  state: 'pending' | 'used' | 'cancelled'
  created_at: Date
  expires_at: Date
}

type Handle = Sql | Tx
const on = (db: Handle) => (db as Sql).withTables<{ uploads: UploadRow }>()
const columns = [
  'owner_id',
  'upload_id',
  'kind',
  'content_type',
  'size',
  'sha256',
  'object_key',
  'multipart_id',
  'state',
  'created_at',
  'expires_at',
] as const

export async function insertUploads(db: Handle, rows: readonly UploadRow[]): Promise<void> {
  await on(db)
    .insertInto('uploads')
    .values([...rows])
    .execute()
}

export function readUploads(db: Handle, ownerId: UserId, ids: readonly UploadId[]): Promise<UploadRow[]> {
  return on(db)
    .selectFrom('uploads')
    .select(columns)
    .where('owner_id', '=', ownerId)
    .where('upload_id', '=', sql<UploadId>`any(${ids}::uuid[])`)
    .execute()
}

/** From here to the end of the transaction nobody else announces files for this member: what is counted stays true. */
export async function lockPending(tx: Tx, ownerId: UserId): Promise<void> {
  await lock(tx, `uploads:${ownerId}`)
}

/** Uploads that may still be filled. */
export async function countPending(db: Handle, ownerId: UserId, now: Date): Promise<number> {
  const row = await on(db)
    .selectFrom('uploads')
    .select((eb) => eb.fn.countAll<number>().as('pending'))
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return Number(row.pending)
}

export async function setMeasured(
  db: Handle,
  { owner_id, upload_id, size, sha256 }: Pick<UploadRow, 'owner_id' | 'upload_id' | 'size' | 'sha256'>,
): Promise<void> {
  await on(db)
    .updateTable('uploads')
    .set({ size, sha256 })
    .where('owner_id', '=', owner_id)
    .where('upload_id', '=', upload_id)
    .execute()
}

/** Takes pending uploads out of that state, each at most once ever; answers those that were still pending. */
export async function claim(
  db: Handle,
  ownerId: UserId,
  ids: readonly UploadId[],
  state: 'used' | 'cancelled',
): Promise<UploadId[]> {
  const rows = await on(db)
    .updateTable('uploads')
    .set({ state })
    .where('owner_id', '=', ownerId)
    .where('upload_id', '=', sql<UploadId>`any(${ids}::uuid[])`)
    .where('state', '=', 'pending')
    .returning('upload_id')
    .execute()
  return rows.map((row) => row.upload_id)
}

/** The pictures made of these are gone: their closed keys are opened when the links have expired. */
export async function setOrphaned(
  db: Handle,
  objects: readonly Pick<UploadRow, 'owner_id' | 'object_key'>[],
): Promise<void> {
  await sql`
    update uploads set state = 'cancelled'
    from unnest(${objects.map((o) => o.owner_id)}::uuid[], ${objects.map((o) => o.object_key)}::text[])
      as gone (owner_id, object_key)
    where uploads.owner_id = gone.owner_id and uploads.object_key = gone.object_key
  `.execute(on(db))
}

/** Gives up everything a member has under way. */
export function cancelAll(db: Handle, ownerId: UserId): Promise<UploadRow[]> {
  return on(db)
    .updateTable('uploads')
    .set({ state: 'cancelled' })
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'pending')
    .returning(columns)
    .execute()
}

/** Expired before then; used ones, whose object is a picture's now, only when they expired before `used`. */
export function expiredBefore(
  db: Handle,
  before: { unused: Date; used: Date },
  limit: number,
): Promise<UploadRow[]> {
  return on(db)
    .selectFrom('uploads')
    .select(columns)
    .where('expires_at', '<', before.unused)
    .where((eb) => eb.or([eb('state', '!=', 'used'), eb('expires_at', '<', before.used)]))
    .orderBy('expires_at')
    .limit(limit)
    .execute()
}

export async function deleteUploads(
  db: Handle,
  rows: readonly Pick<UploadRow, 'owner_id' | 'upload_id'>[],
): Promise<void> {
  const owners = rows.map((row) => row.owner_id)
  const ids = rows.map((row) => row.upload_id)
  await sql`
    delete from uploads using unnest(${owners}::uuid[], ${ids}::uuid[]) as gone (owner_id, upload_id)
    where uploads.owner_id = gone.owner_id and uploads.upload_id = gone.upload_id
  `.execute(on(db))
}
