import type { Clock } from '../../../kit/clock.ts'
import type { Logger } from '../../../kit/logger.ts'
import type { PostgresDb } from '../../db/port.ts'
import type { NewEvent } from '../../outbox/port.ts'

/** What the log uses of the database. */
export type PostgresAccess = Pick<PostgresDb, 'handle' | 'listen' | 'ownSession' | 'ping'>

export interface Settings {
  /** Called with what was read, and awaited, before any consumer of this process is told of it. */
  beforeHandling(events: readonly NewEvent[]): Promise<void>
  /** Tells when events were appended, and what is old; the pauses between attempts go by the machine's own. */
  clock: Clock
  logger: Pick<Logger, 'warn' | 'error'> | undefined
  /** Seconds for which handled events are kept, for groups that are yet to come. */
  keepSeconds: number
  /** Milliseconds between sweeps. */
  sweepEveryMs: number
  /** The pause after the first failure, doubled from then on up to the longest. */
  retryBaseMs: number
  retryMaxMs: number
}
