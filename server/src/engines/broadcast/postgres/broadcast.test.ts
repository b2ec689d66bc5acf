import { Cable } from '@tintype/testkit/cable'
import { openTestDb } from '@tintype/testkit/database'
import { sql } from 'kysely'
import { openPostgres } from '../../db/postgres/db.ts'
import type { Broadcast } from '../port.ts'
import { testBroadcast } from '../suite/broadcast.suite.ts'
import { openPostgresBroadcast } from './broadcast.ts'

testBroadcast('PostgreSQL', async () => {
  const { db: admin, url, [Symbol.asyncDispose]: drop } = await openTestDb({ empty: true })
  const opened: AsyncDisposable[] = []
  const cables = new Map<Broadcast, Cable>()
  return {
    async open(onError) {
      const cable = await Cable.lay(url)
      const db = openPostgres({ url: cable.url, pool: 2 })
      opened.push(db)
      const broadcast = await openPostgresBroadcast({ db, onError })
      cables.set(broadcast, cable)
      return broadcast
    },
    hold: (instance) => cables.get(instance)?.hold(),
    release: (instance) => cables.get(instance)?.release(),
    async interrupt() {
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(admin.query)
    },
    async dispose() {
      for (const db of opened) await db[Symbol.asyncDispose]()
      for (const cable of cables.values()) await cable.cut()
      await drop()
    },
  }
})
