import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from 'pg'
import { StartFailure } from '../../../kit/start-failure.ts'
import type { Vault } from '../../../kit/vault.ts'
import type { CodeMigration } from '../port.ts'
import { withClient } from './client.ts'

/** Where migrations lie: what Tintype began with, and what each module has added since. */
interface Folders {
  dir: string
  modules: string
}
const own: Folders = {
  dir: join(import.meta.dirname, '../../../migrations'),
  modules: join(import.meta.dirname, '../../../modules'),
}

interface Migration {
  name: string
  path: string
  text: string
  checksum: string
}

export interface MigrateOptions {
  folders?: Folders
  /** What seals; asked for where a migration has something to seal. */
  vault?: () => Vault
}

/** Any number, the same in every version: what two processes that start at once wait on. */
const lockKey = 7_460_937_001

/**
 * Brings the database to the state this code expects and answers the names of what it applied. Each file of `dir`
 * (`0001_name.sql`), then each of a module's own (its folder `migrations`, named `module/0001_name.sql`), runs once, in order, in a
 * transaction of its own with its entry in `schema_migrations`. One of code (`0001_name.ts`, for what SQL cannot do) has transactions of
 * its own, and is run again until its entry is written. Modules have an order each and none among each other, so that two
 * branches never collide. Throws StartFailure where an applied file was changed or the database is ahead of the code. Processes that
 * start at once take turns.
 */
export async function migrate(
  url: string,
  { folders, vault = keyless }: MigrateOptions = {},
): Promise<string[]> {
  const migrations = await readAll(folders)
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1::bigint)', [lockKey])
    await client.query(`
      create table if not exists schema_migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    const applied = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migrations order by name',
    )
    const pending = unapplied(migrations, applied.rows)
    for (const migration of pending) await apply(client, migration, vault)
    return pending.map(({ name }) => name)
  })
}

const keyless = (): Vault => {
  throw new StartFailure('There is something to seal, and no key: set SECRET to what the servers have.')
}

/** The checksum of each, by name: what a database made today has. */
export const migrationChecksums = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await readAll()).map(({ name, checksum }) => [name, checksum]))

const readAll = async ({ dir, modules }: Folders = own): Promise<Migration[]> => [
  ...(await readMigrations(dir, '')),
  ...(await readModules(modules)),
]

async function readModules(dir: string): Promise<Migration[]> {
  const modules = (await readdir(dir)).sort()
  const folders = modules.map((name) => ({ path: join(dir, name, 'migrations'), prefix: `${name}/` }))
  const found = folders.filter(({ path }) => existsSync(path))
  return (await Promise.all(found.map(({ path, prefix }) => readMigrations(path, prefix)))).flat()
}

async function readMigrations(dir: string, prefix: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => /\.(sql|ts)$/.test(name)).sort()
  const odd = names.find((name) => !/^\d{4}_[a-z0-9_]+\.(sql|ts)$/.test(name))
  if (odd) throw new StartFailure(`The migration ${prefix}${odd} must be named like 0001_some_words.sql.`)
  const twins = names.find((name, index) => names[index + 1]?.slice(0, 4) === name.slice(0, 4))
  if (twins) throw new StartFailure(`There are two migrations with the number ${prefix}${twins.slice(0, 4)}.`)
  return Promise.all(
    names.map(async (name) => {
      const path = join(dir, name)
      const text = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
      return { name: prefix + name, path, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

function unapplied(migrations: Migration[], applied: { name: string; checksum: string }[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const { name, checksum } of applied) {
    const migration = known.get(name)
    if (!migration)
      throw new StartFailure(
        `The database has the migration ${name}, which this Tintype does not know; start the newer Tintype that applied it.`,
      )
    if (migration.checksum !== checksum)
      throw new StartFailure(
        `The migration ${name} was changed after it had been applied to this database; restore the file and put the change into a new one.`,
      )
  }
  const done = new Set(applied.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !done.has(name))
  for (const { name } of pending) {
    const last = applied.findLast((one) => seriesOf(one.name) === seriesOf(name))?.name ?? ''
    if (name < last)
      throw new StartFailure(
        `The migration ${name} comes before ${last}, which this database already has; give it a higher number.`,
      )
  }
  return pending
}

/** The module, or nothing for what Tintype began with. */
const seriesOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

async function apply(client: Client, migration: Migration, vault: () => Vault): Promise<void> {
  const { name, path, text, checksum } = migration
  try {
    if (path.endsWith('.ts')) await runCode(client, path, vault)
    await client.query('begin')
    if (path.endsWith('.sql')) await client.query(text)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    if (cause instanceof StartFailure) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartFailure(`The migration ${name} failed and was taken back: ${reason}.`, cause)
  }
}

async function runCode(client: Client, path: string, vault: () => Vault): Promise<void> {
  const { run }: { run: CodeMigration } = await import(pathToFileURL(path).href)
  await run(
    { rows: async (text, parameters = []) => (await client.query({ text, values: [...parameters] })).rows },
    vault,
  )
}
