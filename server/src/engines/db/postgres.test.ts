import { createTestDatabase } from '@tintype/testkit/database'
import { openPostgres } from './postgres.ts'
import { testDb } from './suite.ts'

testDb('PostgreSQL', async () => {
  const { url, dispose } = await createTestDatabase({ empty: true })
  return { open: () => openPostgres({ url, pool: 5 }), dispose }
})
