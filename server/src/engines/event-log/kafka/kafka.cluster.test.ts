import { randomUUID } from 'node:crypto'
import { Cable } from '@tintype/testkit/cable'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { startKafka, type TestKafka } from '@tintype/testkit/kafka'
import { sql } from 'kysely'
import { afterAll, beforeAll } from 'vitest'
import { openPostgres } from '../../db/postgres/db.ts'
import { readyKafka } from '../../kafka/open.ts'
import type { EventLog } from '../port.ts'
import { eventLogSuite } from '../suite/event-log.suite.ts'
import { kafkaSettings, openLog } from './opened.suite.ts'

let kafka: TestKafka
let database: TestDb
beforeAll(async () => {
  ;[kafka, database] = await Promise.all([startKafka(), openTestDb({ pool: 10 })])
})
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await kafka[Symbol.asyncDispose]()
})

eventLogSuite('Kafka', async () => {
  const { db, url } = database
  await sql`truncate events, event_groups restart identity cascade`.execute(db.query)
  const settings = kafkaSettings(kafka, `suite.${randomUUID()}`)
  await readyKafka({ kafka: settings })
  const processes = new Map<EventLog, Cable>()
  return {
    db,
    async open() {
      const cable = await Cable.lay(url)
      const own = openPostgres({ url: cable.url, pool: 3 })
      const log = await openLog(own, settings, { retryBaseMs: 4, retryMaxMs: 20 })
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
