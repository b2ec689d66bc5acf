import { sql } from 'kysely'
import { systemClock } from '../../../kit/clock.ts'
import { CHANNEL, type Outbox, SHARES } from '../../outbox/port.ts'
import type { Consumer, DeadLetter, EventLog } from '../port.ts'
import { hasBacklog, readBacklog } from './backlog.ts'
import { readDeadLetters, replayDeadLetters } from './dead-letters.ts'
import { hasEventsFrom, registerGroup, renumberAfterRestore } from './log-store.ts'
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

/** Readies the log in a migrated database. Reads, and takes two connections beside the pool, only once there is a subscriber. */
export async function openPostgresEventLog(
  options: { db: PostgresAccess; outbox: Outbox } & Partial<Settings>,
): Promise<EventLog> {
  const { db, outbox, ...chosen } = options
  const settings = { ...defaults, ...chosen }
  if (await renumberAfterRestore(db.handle))
    settings.logger?.warn(
      'The event log comes from another database server; what is kept of it is told again.',
    )
  return new PostgresEventLog(db, outbox, settings)
}

class PostgresEventLog implements EventLog {
  readonly #db: PostgresAccess
  readonly #settings: Settings
  readonly #outbox: Outbox
  #process: Promise<LogProcess> | undefined

  constructor(db: PostgresAccess, outbox: Outbox, settings: Settings) {
    this.#db = db
    this.#settings = settings
    this.#outbox = outbox
  }

  async subscribe(consumer: Consumer): Promise<AsyncDisposable> {
    const process = await this.#start()
    this.#outbox.onAppended(() => process.tail.wake())
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
      await process.tail.poke()
      while (!process.isIdle && !process.isStopped) await sleep(1)
      if (!(await this.#hasMore(process))) return process.flush()
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
    this.#process ??= LogProcess.start(this.#db, this.#settings).catch((error: unknown) => {
      this.#process = undefined
      throw error
    })
    return this.#process
  }

  /** With every share in this process what it has read is all there is; otherwise the database knows. */
  async #hasMore(process: LogProcess): Promise<boolean> {
    if (process.ownsAll) {
      const found = await hasEventsFrom(this.#db.handle, process.tail.frontier)
      return found || !process.isIdle
    }
    await process.flush()
    return hasBacklog(this.#db.handle, process.groupIds)
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
