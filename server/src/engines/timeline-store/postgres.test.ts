import { openTestDb } from '@tintype/testkit/database'
import { expect, it } from 'vitest'
import { openPostgresTimelineStore } from './postgres.ts'
import { timelineSuite } from './suite.ts'

timelineSuite('PostgreSQL', async () => {
  const test = await openTestDb()
  return {
    open: async () => openPostgresTimelineStore(test.db),
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]()
    },
  }
})

it('reads a page from one index, and nothing else', async () => {
  await using test = await openTestDb()
  await test.db.handle`
    insert into timeline_entries
    select lpad((i % 50)::text, 32, '0')::uuid, uuidv7(), uuidv7() from generate_series(1, 20000) i`
  await test.db.handle`vacuum analyze timeline_entries`
  const plan = await test.db.handle`
    explain (format text) select post_id, author_id from timeline_entries
    where user_id = lpad('7', 32, '0')::uuid and post_id < 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    order by post_id desc limit 20`
  const text = plan.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toMatch(/Index Only Scan Backward using timeline_entries_\d\d_pkey/)
  expect(text).not.toMatch(/Sort|Seq Scan|Append/)
})
