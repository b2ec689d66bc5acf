import type { ImportId, ImportItemState, ImportSource, ImportState, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { ItemPlan } from './plan.ts'

export interface ImportRow {
  user_id: UserId
  import_id: ImportId
  state: ImportState | 'removed'
  source: ImportSource | null
  size: number
  multipart_id: string
  failure_code: string | null
  created_at: Date
  expires_at: Date
}
export interface ItemRow {
  number: number
  state: ImportItemState
  reason: string | null
  plan: ItemPlan
  fingerprint: string
  thing_id: string | null
}
export type ImportRef = Pick<ImportRow, 'user_id' | 'import_id'>

type Handle = Sql | Tx
const columns = 'user_id, import_id, state, source, size, multipart_id, failure_code, created_at, expires_at'
const itemColumns = 'number, state, reason, plan, fingerprint, thing_id'
const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`

/** False where one is under way. */
export async function insertImport(tx: Tx, row: ImportRow): Promise<boolean> {
  const { rows } = await sql`
    insert into imports (user_id, import_id, state, size, multipart_id, created_at, expires_at)
    values (${row.user_id}, ${row.import_id}, 'uploading', ${row.size}, ${row.multipart_id}, ${row.created_at},
            ${row.expires_at})
    on conflict do nothing returning import_id`.execute(tx)
  return rows.length > 0
}

export async function findImport(
  db: Handle,
  { user_id, import_id }: ImportRef,
): Promise<ImportRow | undefined> {
  const [row] = await selectOne(db, user_id, import_id)
  return row
}
const selectOne = statement<ImportRow>(`select ${columns} from imports where user_id = $1 and import_id = $2`)

export const importsOf = statement<ImportRow>(
  `select ${columns} from imports where user_id = $1 and state <> 'removed' order by import_id desc limit 20`,
)

/** From one state to another; false where it is in none of those. */
export async function move(
  tx: Handle,
  { user_id, import_id }: ImportRef,
  from: readonly ImportState[],
  to: Partial<Pick<ImportRow, 'state' | 'source' | 'failure_code' | 'expires_at'>>,
): Promise<boolean> {
  const { rows } = await sql`
    update imports set state = ${to.state}, source = coalesce(${to.source ?? null}, source),
      failure_code = ${to.failure_code ?? null}, expires_at = coalesce(${to.expires_at ?? null}, expires_at)
    where user_id = ${user_id} and import_id = ${import_id} and state = any(${from}::text[])
    returning import_id`.execute(tx)
  return rows.length > 0
}

/** All that is planned of it, in place of what was. */
export async function replaceItems(
  tx: Tx,
  { user_id, import_id }: ImportRef,
  items: readonly Pick<ItemRow, 'state' | 'reason' | 'plan' | 'fingerprint'>[],
): Promise<void> {
  await sql`delete from import_items where user_id = ${user_id} and import_id = ${import_id}`.execute(tx)
  for (let from = 0; from < items.length; from += 1000) {
    const some = items.slice(from, from + 1000).map((item, at) => ({ ...item, number: from + at + 1 }))
    await sql`
      insert into import_items (user_id, import_id, number, state, reason, plan, fingerprint)
      select ${user_id}, ${import_id}, number, state, reason, plan, fingerprint
      from jsonb_to_recordset(${json(some)}) as item (
        number int, state text, reason text, plan jsonb, fingerprint text)`.execute(tx)
  }
}

export interface Tally {
  state: ImportItemState
  count: number
  from_at: number
  to_at: number
}
export const tally = statement<Tally>(`
  select state, count(*)::int as count, min((plan->>'at')::bigint) as from_at, max((plan->>'at')::bigint) as to_at
  from import_items where user_id = $1 and import_id = $2 group by state`)

export const itemsAfter = statement<ItemRow>(`
  select ${itemColumns} from import_items
  where user_id = $1 and import_id = $2 and number > $3 and ($4::text is null or state = $4)
  order by number limit $5`)

export const itemsIn = statement<ItemRow>(`
  select ${itemColumns} from import_items
  where user_id = $1 and import_id = $2 and state = $3 order by number limit $4`)

/** Which of these were imported before, and as what. */
export async function knownThings(
  db: Handle,
  userId: UserId,
  fingerprints: readonly string[],
): Promise<Map<string, string>> {
  const rows = await selectKnown(db, userId, fingerprints)
  return new Map(rows.map(({ fingerprint, thing_id }) => [fingerprint, thing_id]))
}
const selectKnown = statement<{ fingerprint: string; thing_id: string }>(
  'select fingerprint, thing_id from imported_things where user_id = $1 and fingerprint = any($2::text[])',
)

/** The thing that this item becomes: the one of an earlier try, or this one from now on. */
export async function nameThing(
  tx: Tx,
  { user_id, import_id }: ImportRef,
  { number, fingerprint }: Pick<ItemRow, 'number' | 'fingerprint'>,
  thingId: string,
): Promise<void> {
  await sql`
    insert into imported_things (user_id, fingerprint, thing_id) values (${user_id}, ${fingerprint}, ${thingId})
    on conflict (user_id, fingerprint) do update set thing_id = excluded.thing_id`.execute(tx)
  await sql`
    insert into awaited_things (thing_id, user_id, import_id, number)
    values (${thingId}, ${user_id}, ${import_id}, ${number}) on conflict do nothing`.execute(tx)
  await sql`
    update import_items set state = 'processing', thing_id = ${thingId}
    where user_id = ${user_id} and import_id = ${import_id} and number = ${number}`.execute(tx)
}

export async function setItem(
  db: Handle,
  { user_id, import_id }: ImportRef,
  number: number,
  { state, reason }: { state: ImportItemState; reason: string | null },
): Promise<void> {
  await sql`
    update import_items set state = ${state}, reason = ${reason}
    where user_id = ${user_id} and import_id = ${import_id} and number = ${number}`.execute(db)
}

export interface Awaited extends ImportRef {
  number: number
}
/** Whose import waits for it; nobody's from now on. */
export const takeAwaited = statement<Awaited>(
  'delete from awaited_things where thing_id = $1 returning user_id, import_id, number',
)

/** Answers those that were not removed before; null: all of the member's. */
export async function setRemoved(
  tx: Tx,
  userId: UserId,
  id: ImportId | null,
  at: Date,
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    update imports set state = 'removed', expires_at = ${at}
    where user_id = ${userId} and import_id = coalesce(${id}::uuid, import_id) and state <> 'removed'
    returning ${sql.raw(columns)}`.execute(tx)
  return rows
}

export const expiredImports = statement<ImportRow>(
  `select ${columns} from imports where expires_at <= $1 limit 100`,
)

export async function deleteImport(tx: Tx, { user_id, import_id }: ImportRef): Promise<void> {
  for (const table of ['import_items', 'awaited_things', 'imports'])
    await sql`
      delete from ${sql.table(table)} where user_id = ${user_id} and import_id = ${import_id}`.execute(tx)
}

export async function forgetThings(db: Handle, userId: UserId): Promise<void> {
  await sql`delete from imported_things where user_id = ${userId}`.execute(db)
  await sql`delete from awaited_things where user_id = ${userId}`.execute(db)
}

/** Those of the imports that are done, and not removed since; the one at a place is of the member at that place. */
export async function doneImports(
  db: Sql,
  userIds: readonly UserId[],
  ids: readonly ImportId[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  return new Set((await selectDone(db, userIds, ids)).map((row) => row.import_id))
}
const selectDone = statement<Pick<ImportRow, 'import_id'>>(`
  select imports.import_id from unnest($1::uuid[], $2::uuid[]) as asked (user_id, import_id)
  join imports using (user_id, import_id) where state = 'done'`)
