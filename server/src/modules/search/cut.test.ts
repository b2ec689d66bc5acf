import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterAll } from 'vitest'
import { openSearchIndex } from '../../engines/search-index/open.ts'
import { systemClock } from '../../kit/clock.ts'
import { expectedSuite } from './cut.suite.ts'

let database: TestDb | undefined
afterAll(() => database?.[Symbol.asyncDispose]())

expectedSuite('PostgreSQL', async () => {
  database = await openTestDb()
  return openSearchIndex({ db: database.db, clock: systemClock })
})
