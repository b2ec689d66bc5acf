import { openTestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { openPostgres } from '../db/postgres.ts'
import { openPostgresBroadcast } from './postgres.ts'
import { testBroadcast } from './suite.ts'

testBroadcast('PostgreSQL', async () => {
  const { db: admin, url, [Symbol.asyncDispose]: drop } = await openTestDb({ empty: true })
  const opened: AsyncDisposable[] = []
  return {
    open(onError) {
      const db = openPostgres({ url, pool: 2 })
      opened.push(db)
      return openPostgresBroadcast({ db, onError })
    },
    async interrupt() {
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.query)
    },
    async dispose() {
      for (const db of opened) await db[Symbol.asyncDispose]()
      await drop()
    },
  }
})
