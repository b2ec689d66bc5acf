import { randomBytes } from 'node:crypto'
import type { PostgresDb } from '@tintype/server/engines/db/port'
import { openPostgres } from '@tintype/server/engines/db/postgres/db'
import { inject } from 'vitest'
import { databaseUrl, onServer } from './database-server.ts'

/** What the run's one PostgreSQL is known by; provided by `global-setup.ts`. */
export interface TestPostgres {
  url: string
  /** A database with all migrations applied, to be copied. */
  template: string
  /** Why there is no template; told by the first test that asks for one. */
  failure: string | undefined
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestPostgres
  }
}

export interface TestDb extends AsyncDisposable {
  db: PostgresDb
  /** For a second connection, or a process of its own. */
  url: string
}

/** A database of one's own, migrated (or quite empty), dropped on dispose. */
export async function openTestDb(options: { empty?: boolean; pool?: number } = {}): Promise<TestDb> {
  const { url, dispose } = await createTestDatabase(options)
  const db = openPostgres({ url, pool: options.pool ?? 5 })
  return {
    db,
    url,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      await dispose()
    },
  }
}

/** The same without a connection to it. */
export async function createTestDatabase({ empty = false } = {}): Promise<{
  url: string
  dispose(): Promise<void>
}> {
  const server = inject('postgres')
  if (server.failure && !empty) throw new Error(server.failure)
  const name = `test_${randomBytes(6).toString('hex')}`
  await onServer(
    server.url,
    `create database ${name} template ${empty ? 'template1' : server.template} strategy file_copy`,
  )
  return {
    url: databaseUrl(server.url, name),
    dispose: () => onServer(server.url, `drop database ${name} with (force)`),
  }
}
