import { type RawBuilder, sql } from 'kysely'
import type { Sql } from '../engines/db/port.ts'
import type { SealedColumn, SealedRow } from './sealed.ts'

export interface KnownKey {
  version: number
  fingerprint: string
}

/** Keys that something was sealed with. */
export async function readKeys(db: Sql): Promise<KnownKey[]> {
  const { rows } = await sql<KnownKey>`select version, fingerprint from vault_keys order by version`.execute(
    db,
  )
  return rows
}

/** The one that is there stays. */
export async function noteKey(db: Sql, { version, fingerprint }: KnownKey): Promise<void> {
  await sql`insert into vault_keys (version, fingerprint) values (${version}, ${fingerprint})
    on conflict (version) do nothing`.execute(db)
}

export async function forgetKey(db: Sql, version: number): Promise<void> {
  await sql`delete from vault_keys where version = ${version}`.execute(db)
}

/** Whether anything stands there under that key. */
export async function isUsed(db: Sql, column: SealedColumn, version: number): Promise<boolean> {
  const { rows } = await sql`
    select from ${sql.table(column.table)} where ${under(column, version)} limit 1`.execute(db)
  return rows.length > 0
}

/** Some rows that stand under another key than that, in the order of their key, after `last`. */
export async function readOthers(
  db: Sql,
  column: SealedColumn,
  { version, last, limit }: { version: number; last: SealedRow | undefined; limit: number },
): Promise<SealedRow[]> {
  const { of } = column
  const names = Object.keys(column.key)
  const own = [...new Set([column.column, ...names])].map((name) => sql.ref(`${column.table}.${name}`))
  const source = of && [sql.ref(`${of.table}.${of.column}`), sql.ref(`${of.table}.${of.by}`)]
  const join = of ? sql`join ${sql.table(of.table)} using (${sql.ref(of.by)})` : sql``
  const keys = sql.join(names.map((name) => sql.ref(`${column.table}.${name}`)))
  const after = last ? sql`and (${keys}) > (${sql.join(keyValues(column, last))})` : sql``
  const { rows } = await sql<SealedRow>`
    select ${sql.join([...own, ...(source ?? [])])} from ${sql.table(column.table)} ${join}
    where ${sql.ref(`${column.table}.${column.column}`)} <> '' and not ${under(column, version)} ${after}
    order by ${keys} limit ${limit}`.execute(db)
  return rows
}

/** Where a row is by now as it was read; answers how many were. */
export async function writeRenewed(
  db: Sql,
  column: SealedColumn,
  renewed: readonly { row: SealedRow; text: string }[],
): Promise<number> {
  const keys = Object.entries(column.key)
  const arrays = keys.map(([name, type]) => sql`${renewed.map(({ row }) => row[name])}::${sql.raw(type)}[]`)
  const { numAffectedRows } = await sql`
    update ${sql.table(column.table)} as kept set ${sql.ref(column.column)} = renewed.text
    from unnest(
      ${renewed.map(({ row }) => row[column.column])}::text[], ${renewed.map(({ text }) => text)}::text[], ${sql.join(arrays)}
    ) as renewed (was, text, ${sql.join(keys.map(([name]) => sql.ref(`key_${name}`)))})
    where ${sql.ref(`kept.${column.column}`)} = renewed.was
      and ${sql.join(
        keys.map(([name]) => sql`${sql.ref(`kept.${name}`)} = ${sql.ref(`renewed.key_${name}`)}`),
        sql` and `,
      )}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** What stands under a key that is lost: nobody will ever read it. Answers how many rows it was. */
export async function giveUp(db: Sql, column: SealedColumn, version: number): Promise<number> {
  const table = sql.table(column.table)
  const lost = column.staysEmpty
    ? sql`update ${table} set ${sql.ref(column.column)} = '' where ${under(column, version)}`
    : sql`delete from ${table} where ${under(column, version)}`
  const { numAffectedRows } = await lost.execute(db)
  return Number(numAffectedRows ?? 0)
}

const under = ({ table, column }: SealedColumn, version: number): RawBuilder<boolean> =>
  sql`starts_with(${sql.ref(`${table}.${column}`)}, ${`${version}.`})`

const keyValues = ({ key }: SealedColumn, row: SealedRow) =>
  Object.entries(key).map(([name, type]) => sql`${row[name]}::${sql.raw(type)}`)
