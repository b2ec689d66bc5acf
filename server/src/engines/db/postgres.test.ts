import { createTestDatabase } from '@tintype/testkit/database'
import { openPostgres } from './postgres.ts'
import { testDb } from './suite.ts'

testDb('PostgreSQL', createTestDatabase, (url) => openPostgres({ url, pool: 5 }))
