import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { messageStoreSuite } from '../suite/message-store.suite.ts'
import { openPostgresMessageStore } from './message-store.ts'

let database: Promise<TestDb> | undefined
afterAll(async () => {
  await (await database)?.[Symbol.asyncDispose]()
})

messageStoreSuite('PostgreSQL', async () => {
  database ??= openTestDb({ pool: 8 })
  const { db } = await database
  await sql`truncate messages, message_heads`.execute(db.query)
  return { open: async () => openPostgresMessageStore(db), [Symbol.asyncDispose]: async () => {} }
})

it('reads a page of a long conversation from one index, and nothing else', async () => {
  await using test = await openTestDb()
  await sql`
    insert into messages (conversation_id, message_id, sender_id, content, marks)
    select lpad((i % 50)::text, 32, '0')::uuid, uuidv7(), uuidv7(), '{}', '{}' from generate_series(1, 20000) i`.execute(
    test.db.query,
  )
  await sql`vacuum analyze messages`.execute(test.db.query)
  const plan = await sql<{ 'QUERY PLAN': string }>`
    explain select * from messages where conversation_id = lpad('7', 32, '0')::uuid and message_id < uuidv7()
    order by message_id desc limit 21`.execute(test.db.query)
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(text).toMatch(/Index Scan Backward using messages_\d+_pkey/)
  expect(text).not.toMatch(/Sort|Seq Scan/)
})
