import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { timelineSuite } from '../suite/timeline-store.suite.ts'
import { openPostgresTimelineStore } from './timeline-store.ts'

let database: Promise<TestDb> | undefined
afterAll(async () => {
  await (await database)?.[Symbol.asyncDispose]()
})

timelineSuite('PostgreSQL', async () => {
  database ??= openTestDb()
  const { db } = await database
  await sql`truncate timeline_entries`.execute(db.query)
  return { open: async () => openPostgresTimelineStore(db), [Symbol.asyncDispose]: async () => {} }
})

it('reads a page from one index, and nothing else', async () => {
  await using test = await openTestDb()
  await sql`
    insert into timeline_entries
    select lpad((i % 50)::text, 32, '0')::uuid, uuidv7(), uuidv7() from generate_series(1, 20000) i`.execute(
    test.db.query,
  )
  await sql`vacuum analyze timeline_entries`.execute(test.db.query)
  const plan = await sql<{ 'QUERY PLAN': string }>`
    explain (format text) select post_id, author_id from timeline_entries
    where user_id = lpad('7', 32, '0')::uuid and post_id < 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    order by post_id desc limit 20`.execute(test.db.query)
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toMatch(/Index Only Scan Backward using timeline_entries_\d\d_pkey/)
  expect(text).not.toMatch(/Sort|Seq Scan|Append/)
})
