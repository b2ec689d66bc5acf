import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Db, Sql } from '../db/port.ts'

/** A connection of its own, with what its session holds. */
export interface OwnSession extends AsyncDisposable {
  readonly query: Sql
}

/** What the log uses of the Db adapter beyond its port. */
export interface PostgresAccess extends Pick<Db, 'ping'> {
  readonly handle: Sql
  listen(channel: string, handler: (payload: string) => void, onGap?: () => void): Promise<AsyncDisposable>
  ownSession(options: { name: string; settings: string[]; onLost: () => void }): OwnSession
}

export interface Settings {
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
