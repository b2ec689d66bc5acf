import { sql } from 'kysely'
import type { Change, NewEvent, Outbox } from './port.ts'

/** For tests: changes are made, and what is told of them is noted, also where nothing was done, as a log that repeats itself would. */
export const notingOutbox = (note: (events: readonly NewEvent[]) => void = () => {}): Outbox => ({
  append: async (_tx, events) => note(events),
  async act<Row>(
    db: Parameters<Outbox['act']>[0],
    { change, answer }: Change<Row>,
    events: readonly NewEvent[],
  ) {
    note(events)
    return (await sql<Row>`with ${change} ${answer}`.execute(db)).rows
  },
  onAppended: () => {},
  [Symbol.asyncDispose]: async () => {},
})
