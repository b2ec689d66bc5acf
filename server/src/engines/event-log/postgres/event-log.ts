import { sql } from 'kysely'
import { systemClock } from '../../../kit/clock.ts'
import { CHANNEL, type Outbox, SHARES } from '../../outbox/port.ts'
import type { Consumer, DeadLetter, EventLog } from '../port.ts'
import { readBacklog } from './backlog.ts'
import { readDeadLetters, replayDeadLetters } from './dead-letters.ts'
import type { OpenFeed } from './feed.ts'
import { registerGroup, renumberAfterRestore } from './log-store.ts'
import { outboxFeed } from './outbox-feed.ts'
import { LogProcess } from './process.ts'
import type { PostgresAccess, Settings } from './settings.ts'

const defaults: Settings = {
  beforeHandling: async () => {},
  clock: systemClock,
  logger: undefined,
  keepSeconds: 86_400,
  sweepEveryMs: 60_000,
  retryBaseMs: 1000,
  retryMaxMs: 600_000,
}

export type EventLogOptions = { db: PostgresAccess; outbox: Outbox } & Partial<Settings>

/** Readies the log in a migrated database. Reads, and takes two connections beside the pool, only once there is a subscriber. */
export const openPostgresEventLog = (options: EventLogOptions): Promise<EventLog> =>
  openFedEventLog(options, (host) => outboxFeed(options.db.handle, host))

/** The same, with another way of events to the groups; progress, failures and who does what stand in PostgreSQL with any. */
export async function openFedEventLog(
  options: EventLogOptions,
  openFeed: OpenFeed,
  onRestored: () => Promise<void> = async () => {},
): Promise<EventLog> {
  const { db, outbox, ...chosen } = options
  const settings = { ...defaults, ...chosen }
  if (await renumberAfterRestore(db.handle)) {
    settings.logger?.warn(
      'The event log comes from another database server; what is kept of it is told again.',
    )
    await onRestored()
  }
  return new PostgresEventLog(db, outbox, settings, openFeed)
}

class PostgresEventLog implements EventLog {
  readonly #db: PostgresAccess
  readonly #settings: Settings
  readonly #outbox: Outbox
  readonly #openFeed: OpenFeed
  #process: Promise<LogProcess> | undefined

  constructor(db: PostgresAccess, outbox: Outbox, settings: Settings, openFeed: OpenFeed) {
    this.#openFeed = openFeed
    this.#db = db
    this.#settings = settings
    this.#outbox = outbox
  }

  async subscribe(consumer: Consumer): Promise<AsyncDisposable> {
    const process = await this.#start()
    this.#outbox.onAppended(() => process.feed.wake())
    const groupId = await registerGroup(this.#db.handle, {
      name: consumer.group,
      types: consumer.types,
      shares: SHARES,
      now: this.#settings.clock.now(),
    })
    return process.subscribe(groupId, consumer)
  }

  async drain(): Promise<void> {
    const process = await this.#process
    if (process === undefined) return
    for (let pause = 1; !process.isStopped; pause = Math.min(20, pause * 2)) {
      await process.feed.poke()
      while (!process.isIdle && !process.isStopped) await sleep(1)
      if (!(await process.feed.hasMore())) return process.flush()
      await sleep(pause)
    }
  }

  async backlog(): Promise<{ group: string; waiting: number; oldestSeconds: number }[]> {
    const now = this.#settings.clock.now()
    await (await this.#process)?.flush()
    return (await readBacklog(this.#db.handle)).map(({ group, waiting, oldestAt = now }) => ({
      group,
      waiting,
      oldestSeconds: Math.max(0, (now - oldestAt) / 1000),
    }))
  }

  deadLetters(options: { group?: string; limit?: number } = {}): Promise<DeadLetter[]> {
    return readDeadLetters(this.#db.handle, options)
  }

  async replay(options: { group: string; eventIds?: readonly string[] }): Promise<number> {
    const { count, groupId } = await replayDeadLetters(this.#db.handle, options)
    if (groupId === undefined) return 0
    await sql`select pg_notify(${CHANNEL}, ${`parked:${groupId}`})`.execute(this.#db.handle)
    const process = await this.#process
    await process?.readParked(groupId)
    return count
  }

  ping(): Promise<void> {
    return this.#db.ping()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const process = await this.#process
    await process?.stop()
  }

  #start(): Promise<LogProcess> {
    this.#process ??= LogProcess.start(this.#db, this.#settings, this.#openFeed).catch((error: unknown) => {
      this.#process = undefined
      throw error
    })
    return this.#process
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
