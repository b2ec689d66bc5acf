import { systemClock } from '../../../kit/clock.ts'
import type { PostgresDb } from '../../db/port.ts'
import { PostgresOutbox } from '../../outbox/postgres.ts'
import type { LogWithOutbox } from '../suite/scene.suite.ts'
import { openPostgresEventLog } from './event-log.ts'
import type { Settings } from './settings.ts'

/** A process's event log with its outbox, which is disposed of with it. */
export async function openLog(db: PostgresDb, settings: Partial<Settings> = {}): Promise<LogWithOutbox> {
  const { clock = systemClock } = settings
  const raise = (error: unknown) => {
    throw error
  }
  const outbox = new PostgresOutbox({
    handle: db.handle,
    afterCommit: db.afterCommit,
    now: () => clock.now(),
    onError: raise,
  })
  const log = await openPostgresEventLog({ db, outbox, ...settings })
  const end = log[Symbol.asyncDispose].bind(log)
  return Object.assign(log, {
    outbox,
    async [Symbol.asyncDispose]() {
      await end()
      await outbox[Symbol.asyncDispose]()
    },
  })
}
