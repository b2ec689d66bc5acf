import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { OwnSession, Sql } from '../../db/port.ts'
import { CHANNEL, type NewEvent } from '../../outbox/port.ts'
import type { Consumer } from '../port.ts'
import { Committer } from './committer.ts'
import type { Feed, FeedHost, OpenFeed } from './feed.ts'
import { Group, type Member } from './group.ts'
import {
  lockMembers,
  lockShares,
  readLocks,
  unlockMembers,
  unlockShares,
  whileSweeping,
} from './lock-store.ts'
import { claimCursors } from './log-store.ts'
import { Ownership } from './ownership.ts'
import { readParked, readParkedKeys, writeChanges } from './parked-store.ts'
import type { EventRow } from './rows.ts'
import { Rush } from './rush.ts'
import type { PostgresAccess, Settings } from './settings.ts'
import { sweepLog } from './sweep.ts'

/** Groups that nobody has subscribed to for so long (ms) are forgotten. */
const FORGET_GROUPS = 7 * 86_400_000
/** What a process says, with who it is, when its part of a group has changed. */
const MEMBERS = 'members:'

/** The reading side of the log in one process: one feed, one writer of progress, its part of every group. */
export class LogProcess implements FeedHost {
  readonly feed: Feed
  readonly #db: PostgresAccess
  readonly #settings: Settings
  /**
   * A connection of its own for the locks, which end with it, and for what depends on them. Progress need not reach the disk
   * at once: what a crash of the server takes back is told again.
   */
  readonly #session: OwnSession
  readonly #own: Sql
  readonly #owner = randomUUID()
  readonly #ownership: Ownership
  readonly #committer: Committer
  readonly #rush = new Rush()
  readonly #stopping = new AbortController()
  #listening: AsyncDisposable | undefined
  #sweeper: NodeJS.Timeout | undefined
  #sweeping: Promise<void> = Promise.resolve()

  static async start(db: PostgresAccess, settings: Settings, openFeed: OpenFeed): Promise<LogProcess> {
    const process = new LogProcess(db, settings, openFeed)
    try {
      await process.#start()
      return process
    } catch (error) {
      await process.stop()
      throw error
    }
  }

  private constructor(db: PostgresAccess, settings: Settings, openFeed: OpenFeed) {
    this.#db = db
    this.#settings = settings
    this.#session = db.ownSession({
      name: 'tintype event log',
      settings: ['synchronous_commit=off'],
      onLost: () => this.#lost(),
    })
    this.#own = this.#session.query
    const own = this.#own
    const { onError } = this
    this.feed = openFeed(this)
    this.#committer = new Committer({
      groups: () => this.#ownership.groups.values(),
      write: (changes) => writeChanges(own, this.#owner, changes),
      load: (of) => readParked(own, of),
      onLost: (shares) => void this.#ownership.yield(shares).catch(onError),
      onError,
    })
    this.#ownership = new Ownership({
      lockMembers: (groupIds) => lockMembers(own, groupIds),
      unlockMembers: (groupIds) => unlockMembers(own, groupIds),
      readLocks: () => readLocks(own),
      lockShares: (shares) => lockShares(own, shares),
      unlockShares: (shares) => unlockShares(own, shares),
      claim: (shares) => claimCursors(own, this.#owner, shares),
      readParkedKeys: (shares) => readParkedKeys(own, shares),
      flush: () => this.#committer.flush(true),
      tellOthers: () => this.#tellOthers(),
      onError,
    })
  }

  get query(): Sql {
    return this.#own
  }

  get isStopped(): boolean {
    return this.#stopping.signal.aborted
  }

  get groupIds(): number[] {
    return [...this.#ownership.groups.keys()]
  }

  get ownsAll(): boolean {
    return this.#ownership.ownsAll
  }

  /** All that this process has read is handled, parked events included. */
  get isIdle(): boolean {
    return [...this.#ownership.groups.values()].every((group) => group.isIdle)
  }

  flush(): Promise<void> {
    return this.#committer.flush(true)
  }

  touch = (): void => this.#committer.touch()

  readonly onError = (error: unknown): void => this.#warn(error)

  join(member: Member): Promise<void> {
    return this.#ownership.join(member)
  }

  async subscribe(groupId: number, consumer: Consumer): Promise<AsyncDisposable> {
    if (this.#ownership.groups.has(groupId))
      throw new Error(`the group ${consumer.group} is subscribed to already`)
    const group = new Group(groupId, consumer, {
      ...this.#settings,
      rush: this.#rush,
      source: this.feed.sourceOf(consumer.types),
      touch: this.touch,
      onReadError: (error) => this.#warn(error),
      onHandlerError: ({ task, error, isLast }) => {
        const { seq, type, key } = task.row
        const fields = { err: error, group: consumer.group, event: seq, type, key, attempt: task.attempts }
        if (isLast) this.#settings.logger?.error(fields, 'An event became a dead letter.')
        else this.#settings.logger?.warn(fields, 'An event could not be handled and is tried again.')
      },
    })
    await this.#ownership.join(group)
    let left: Promise<void> | undefined
    return {
      [Symbol.asyncDispose]: () => {
        left ??= this.#ownership.leave(group)
        return left
      },
    }
  }

  /** Events were parked from outside, by a replay: readies those of the shares that are here. */
  async readParked(groupId?: number): Promise<void> {
    const shares = this.#ownership.shares.filter((id) => groupId === undefined || id.groupId === groupId)
    if (shares.length === 0) return
    for (const { share, key, dueAt, ...id } of await readParkedKeys(this.#own, shares))
      this.#ownership.groups.get(id.groupId)?.addParked(share, key, dueAt)
  }

  async stop(): Promise<void> {
    if (this.isStopped) return
    this.#stopping.abort()
    clearTimeout(this.#sweeper)
    this.feed.release()
    await Promise.all(
      [...this.#ownership.groups.values()].map((group) =>
        this.#ownership.leave(group).catch((error: unknown) => this.#warn(error)),
      ),
    )
    this.#ownership.stop()
    this.#committer.stop()
    await Promise.all([this.feed.stop(), this.#sweeping])
    await Promise.resolve(this.#listening?.[Symbol.asyncDispose]()).catch(() => {})
    await this.#session[Symbol.asyncDispose]()
  }

  async #start(): Promise<void> {
    await this.feed.start()
    this.#listening = await this.#db.listen(
      CHANNEL,
      (signal) => this.#hear(signal),
      () => {
        this.feed.wake()
        this.#quietly(this.#ownership.check())
        this.#quietly(this.readParked())
      },
    )
    await this.feed.begin()
    this.#armSweep()
  }

  #hear(signal: string): void {
    if (signal === '') this.feed.wake()
    else if (signal.startsWith(MEMBERS) && signal !== MEMBERS + this.#owner)
      this.#quietly(this.#ownership.check())
    else if (signal.startsWith('parked:')) this.#quietly(this.readParked(Number(signal.slice(7))))
  }

  async #tellOthers(): Promise<void> {
    await sql`select pg_notify(${CHANNEL}, ${MEMBERS + this.#owner})`.execute(this.#own)
  }

  /** Consumers of this process find nothing older than the events they are told of. */
  async prepare(rows: readonly EventRow[]): Promise<void> {
    if (rows.length > 0)
      await this.#settings
        .beforeHandling(rows as readonly NewEvent[])
        .catch((error: unknown) => this.#warn(error))
  }

  #lost(): void {
    if (this.isStopped) return
    this.#ownership.lost()
    this.feed.lost()
  }

  #armSweep(): void {
    if (this.isStopped) return
    this.#sweeper = setTimeout(() => {
      this.#sweeping = this.#sweep()
        .catch((error: unknown) => this.#warn(error))
        .then(() => this.#armSweep())
    }, this.#settings.sweepEveryMs)
  }

  #sweep(): Promise<void> {
    return whileSweeping(this.#own, async () => {
      const now = this.#settings.clock.now()
      await sweepLog(
        this.#db.handle,
        {
          now,
          eventsBefore: now - this.#settings.keepSeconds * 1000,
          groupsBefore: now - FORGET_GROUPS,
          groupIds: this.groupIds,
        },
        this.#stopping.signal,
      )
    })
  }

  #quietly(work: Promise<void>): void {
    work.catch((error: unknown) => this.#warn(error))
  }

  #warn(error: unknown): void {
    if (!this.isStopped)
      this.#settings.logger?.warn({ err: error }, 'The event log has trouble and tries again.')
  }
}
