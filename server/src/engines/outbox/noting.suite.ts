import { sql } from 'kysely'
import type { Cache } from '../cache/port.ts'
import type { Db } from '../db/port.ts'
import type { Change, NewEvent, Outbox } from './port.ts'

/**
 * For tests: changes are made, and what is published of them is noted, also where nothing was done, as a log that repeats itself would. The cache
 * hears of it once it is committed.
 */
export const notingOutbox = (
  note: (events: readonly NewEvent[]) => void = () => {},
  to?: { db: Pick<Db, 'afterCommit'>; cache: Pick<Cache, 'hear'> },
): Outbox => ({
  async append(tx, events) {
    note(events)
    to?.db.afterCommit(tx, () => to.cache.hear(events))
  },
  async act<Row>(
    db: Parameters<Outbox['act']>[0],
    { change, answer }: Change<Row>,
    events: readonly NewEvent[],
  ) {
    note(events)
    const { rows } = await sql<Row>`with ${change} ${answer}`.execute(db)
    await to?.cache.hear(events)
    return rows
  },
  onCommitted: () => {},
  onAppended: () => {},
  [Symbol.asyncDispose]: async () => {},
})
