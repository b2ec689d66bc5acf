import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { systemClock } from '../../../kit/clock.ts'
import { searchIndexSuite } from '../suite/search-index.suite.ts'
import { openPostgresSearchIndex } from './search-index.ts'

let database: Promise<TestDb> | undefined
afterAll(async () => {
  await (await database)?.[Symbol.asyncDispose]()
})

searchIndexSuite('PostgreSQL', async () => {
  database ??= openTestDb({ pool: 8 })
  const { db } = await database
  for (const slot of ['a', 'b'])
    for (const table of ['documents', 'tiers', 'words'])
      await sql`truncate ${sql.table(`search_${table}_${slot}`)}`.execute(db.query)
  await sql`update search_state set building = null`.execute(db.query)
  return {
    open: async () => openPostgresSearchIndex({ db, clock: systemClock }),
    [Symbol.asyncDispose]: async () => {},
  }
})
