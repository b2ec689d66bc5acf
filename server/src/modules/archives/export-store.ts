import type { ExportId, ExportState, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { PlacedEntry } from './zip-writer.ts'

/** How far an archive is: files up to one of them, lists up to one, or what is made of them. */
export type Place =
  | { step: 'files'; after: string | null }
  | { step: 'lists'; next: number }
  | { step: 'pages' }
  | { step: 'end' }

export interface ExportRow {
  user_id: UserId
  export_id: ExportId
  state: ExportState | 'removed'
  place: Place | null
  done: number
  total: number
  size: number
  created_at: Date
  finished_at: Date | null
  expires_at: Date | null
}

export interface PieceRow {
  number: number
  size: number
  /** Placed from the piece's own beginning. */
  entries: PlacedEntry[]
  missing: string[]
}

type Handle = Sql | Tx
const columns = 'user_id, export_id, state, place, done, total, size, created_at, finished_at, expires_at'
const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`

/** False where one is under way. The same one again is no other. */
export async function insertExport(tx: Tx, row: ExportRow): Promise<boolean> {
  const { rows } = await sql`
    insert into exports (user_id, export_id, state, place, total, created_at)
    values (${row.user_id}, ${row.export_id}, ${row.state}, ${json(row.place)}, ${row.total}, ${row.created_at})
    on conflict do nothing returning export_id`.execute(tx)
  return rows.length > 0
}

/** Whatever became of it. */
export async function findExport(db: Handle, userId: UserId, id: ExportId): Promise<ExportRow | undefined> {
  const [row] = await selectOne(db, userId, id)
  return row
}
const selectOne = statement<ExportRow>(`select ${columns} from exports where user_id = $1 and export_id = $2`)

export const exportsOf = (db: Handle, userId: UserId): Promise<ExportRow[]> => selectOf(db, userId)
const selectOf = statement<ExportRow>(
  `select ${columns} from exports where user_id = $1 and state <> 'removed' order by export_id desc limit 20`,
)

export const piecesOf = (db: Handle, { user_id, export_id }: Pick<ExportRow, 'user_id' | 'export_id'>) =>
  selectPieces(db, user_id, export_id)
const selectPieces = statement<PieceRow>(`
  select number, size, entries, missing from export_pieces where user_id = $1 and export_id = $2 order by number`)

/** Where its pieces end, without what is in them. */
export const pieceSizes = (db: Handle, { user_id, export_id }: Pick<ExportRow, 'user_id' | 'export_id'>) =>
  selectSizes(db, user_id, export_id)
const selectSizes = statement<{ number: number; size: number }>(
  'select number, size from export_pieces where user_id = $1 and export_id = $2 order by number',
)

/** From here to the end of the transaction it stays what it is; undefined where it is under way no more. */
export async function lockUnderWay(tx: Tx, userId: UserId, id: ExportId): Promise<ExportRow | undefined> {
  const [row] = await selectUnderWay(tx, userId, id)
  return row
}
const selectUnderWay = statement<ExportRow>(`
  select ${columns} from exports
  where user_id = $1 and export_id = $2 and state in ('waiting', 'making') for update`)

export async function addPiece(
  tx: Tx,
  { user_id, export_id }: Pick<ExportRow, 'user_id' | 'export_id'>,
  piece: PieceRow,
): Promise<void> {
  await sql`
    insert into export_pieces (user_id, export_id, number, size, entries, missing)
    values (${user_id}, ${export_id}, ${piece.number}, ${piece.size}, ${json(piece.entries)}, ${json(piece.missing)})
  `.execute(tx)
}

export async function setProgress(
  tx: Tx,
  { user_id, export_id }: Pick<ExportRow, 'user_id' | 'export_id'>,
  progress: { place: Place; added: number; size: number },
): Promise<void> {
  await sql`
    update exports set state = 'making', place = ${json(progress.place)}, size = size + ${progress.size}::bigint,
      done = done + ${progress.added}::int, total = greatest(total, done + ${progress.added}::int)
    where user_id = ${user_id} and export_id = ${export_id}`.execute(tx)
}

/** Waiting or making -> ready, or failed; false where it is something else. */
export async function finish(
  tx: Tx,
  { user_id, export_id }: Pick<ExportRow, 'user_id' | 'export_id'>,
  outcome: { state: 'ready' | 'failed'; at: Date; expires_at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update exports set state = ${outcome.state}, place = null, finished_at = ${outcome.at},
      expires_at = ${outcome.expires_at}, total = case when ${outcome.state} = 'ready' then done else total end
    where user_id = ${user_id} and export_id = ${export_id} and state in ('waiting', 'making')
    returning export_id`.execute(tx)
  return rows.length > 0
}

/** Answers those that were not removed before; null: all of the member's. */
export async function setRemoved(tx: Tx, userId: UserId, id: ExportId | null, at: Date): Promise<ExportId[]> {
  const { rows } = await sql<{ export_id: ExportId }>`
    update exports set state = 'removed', removed_at = ${at}, place = null
    where user_id = ${userId} and export_id = coalesce(${id}::uuid, export_id) and state <> 'removed'
    returning export_id`.execute(tx)
  return rows.map((row) => row.export_id)
}

export const expiredExports = statement<Pick<ExportRow, 'user_id' | 'export_id'>>(
  `select user_id, export_id from exports where state in ('ready', 'failed') and expires_at <= $1 limit 100`,
)

export const removedBefore = statement<Pick<ExportRow, 'user_id' | 'export_id'>>(
  `select user_id, export_id from exports where state = 'removed' and removed_at < $1 limit 100`,
)

export async function deleteExport(
  tx: Tx,
  { user_id, export_id }: Pick<ExportRow, 'user_id' | 'export_id'>,
): Promise<void> {
  await sql`delete from export_pieces where user_id = ${user_id} and export_id = ${export_id}`.execute(tx)
  await sql`delete from exports where user_id = ${user_id} and export_id = ${export_id}`.execute(tx)
}

/** Those of the pairs that can be downloaded. */
export async function readyExports(
  db: Handle,
  userIds: readonly UserId[],
  ids: readonly ExportId[],
): Promise<Set<ExportId>> {
  if (ids.length === 0) return new Set()
  return new Set((await selectReady(db, userIds, ids)).map((row) => row.export_id))
}
const selectReady = statement<Pick<ExportRow, 'export_id'>>(`
  select exports.export_id from unnest($1::uuid[], $2::uuid[]) as asked (user_id, export_id)
  join exports using (user_id, export_id) where state = 'ready'`)
