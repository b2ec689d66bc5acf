import { createTestDatabase } from '@tintype/testkit/database'
import { testDb } from '../suite/db.suite.ts'
import { openPostgres } from './db.ts'

testDb('PostgreSQL', async () => {
  const { url, dispose } = await createTestDatabase({ empty: true })
  return { open: () => openPostgres({ url, pool: 5 }), dispose }
})
