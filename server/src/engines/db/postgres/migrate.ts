import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { StartFailure } from '../../../kit/start-failure.ts'
import { withClient } from './client.ts'

/** Where Tintype's own migrations lie. */
export const migrationsDir = join(import.meta.dirname, '../../../migrations')

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** Any number, the same in every version: what two processes that start at once wait on. */
const lockKey = 7_460_937_001

/**
 * Brings the database to the state this code expects and answers the names of what it applied. Each file of `dir`
 * (`0001_name.sql`) runs once, in order, in a transaction of its own with its entry in `schema_migrations`. Throws
 * StartFailure where an applied file was changed or the database is ahead of the code. Processes that start at once take turns.
 */
export async function migrate(url: string, dir: string = migrationsDir): Promise<string[]> {
  const migrations = await readMigrations(dir)
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
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  })
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort()
  const odd = names.find((name) => !/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
  if (odd) throw new StartFailure(`The migration ${odd} must be named like 0001_some_words.sql.`)
  const twins = names.find((name, index) => names[index + 1]?.slice(0, 4) === name.slice(0, 4))
  if (twins) throw new StartFailure(`There are two migrations with the number ${twins.slice(0, 4)}.`)
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(dir, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
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
  const last = applied.at(-1)?.name ?? ''
  const done = new Set(applied.map(({ name }) => name))
  const pending = migrations.filter(({ name }) => !done.has(name))
  const late = pending.find(({ name }) => name < last)
  if (late)
    throw new StartFailure(
      `The migration ${late.name} comes before ${last}, which this database already has; give it a higher number.`,
    )
  return pending
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {})
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartFailure(`The migration ${name} failed and was taken back: ${reason}.`, cause)
  }
}
