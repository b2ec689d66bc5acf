import { Cable } from '@tintype/testkit/cable'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { openPostgres } from '../../db/postgres/db.ts'
import type { EventLog } from '../port.ts'
import { eventLogSuite } from '../suite/event-log.suite.ts'
import { openLog } from './opened.suite.ts'

let database: Promise<TestDb> | undefined
afterAll(async () => {
  await (await database)?.[Symbol.asyncDispose]()
})

eventLogSuite('PostgreSQL', async () => {
  database ??= openTestDb({ pool: 10 })
  const { db, url } = await database
  await sql`truncate events, event_groups restart identity cascade`.execute(db.query)
  const processes = new Map<EventLog, Cable>()
  return {
    db,
    async open() {
      const cable = await Cable.lay(url)
      const own = openPostgres({ url: cable.url, pool: 3 })
      const log = await openLog(own, { retryBaseMs: 4, retryMaxMs: 20 })
      cable.onCut = () => own[Symbol.asyncDispose]()
      processes.set(log, cable)
      return log
    },
    async crash(log) {
      await processes.get(log)?.cut()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...processes.values()].map((cable) => cable.onCut()))
      await Promise.all([...processes.values()].map((cable) => cable.cut()))
    },
  }
})
