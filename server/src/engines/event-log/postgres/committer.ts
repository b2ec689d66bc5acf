import type { KeyQueue } from './dispatcher.ts'
import type { Member } from './group.ts'
import type { ShareId } from './log-store.ts'
import { SharesLost } from './parked-store.ts'
import type { Changes, Task } from './rows.ts'

export interface CommitterOptions {
  groups(): Iterable<Member>
  /** Writes all or nothing; throws SharesLost. */
  write(changes: readonly Changes[]): Promise<void>
  load(of: ShareId & { key: string; limit: number }): Promise<Task[]>
  onLost(shares: readonly ShareId[]): void
  onError(error: unknown): void
}

/** Milliseconds: what is handled is written so long after at most; what a kill -9 in between forgets is handled again. */
const EVERY = 40
/** Cursors that only moved past other groups' events. */
const EVERYTHING_EVERY = 5000
const WHILE_OPEN = 250
const AFTER_ERROR = 500
const LOADED_AT_ONCE = 32

/** Writes the progress of all groups of this process together: one statement, or one transaction, per interval. */
export class Committer {
  readonly #options: CommitterOptions
  readonly #everything: NodeJS.Timeout
  #timer: NodeJS.Timeout | undefined
  #dueAt = Number.POSITIVE_INFINITY
  #last: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: CommitterOptions) {
    this.#options = options
    this.#everything = setInterval(() => this.#flushQuietly(true), EVERYTHING_EVERY)
  }

  touch = (): void => this.#arm(EVERY)

  /** Writes what there is now; `all` includes cursors that moved past other groups' events only. */
  flush(all = false): Promise<void> {
    const flushed = this.#last.then(() => this.#flush(all))
    this.#last = flushed.catch(() => {})
    return flushed
  }

  stop(): void {
    this.#stopped = true
    clearInterval(this.#everything)
    clearTimeout(this.#timer)
  }

  #arm(delay: number): void {
    const dueAt = performance.now() + delay
    if (this.#stopped || this.#dueAt <= dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => {
      this.#dueAt = Number.POSITIVE_INFINITY
      this.#flushQuietly(false)
    }, delay)
  }

  #flushQuietly(all: boolean): void {
    this.flush(all).catch((error: unknown) => {
      if (this.#stopped) return
      this.#options.onError(error)
      this.#arm(AFTER_ERROR)
    })
  }

  async #flush(all: boolean): Promise<void> {
    const parts = [...this.#options.groups()].flatMap((group) => {
      const collected = group.collect(performance.now(), all)
      return collected === undefined ? [] : [{ group, collected }]
    })
    try {
      if (parts.length > 0) await this.#options.write(parts.map(({ collected }) => collected.changes))
    } catch (error) {
      for (const { collected } of parts) collected.restore()
      if (!(error instanceof SharesLost)) throw error
      this.#options.onLost(error.shares)
      return this.#flush(all)
    }
    for (const { collected } of parts) collected.written()
    for (const { group, collected } of parts)
      for (const queue of collected.loads) await this.#load(group, queue)
    for (const group of this.#options.groups()) if (group.hasOpen) this.#arm(WHILE_OPEN)
  }

  async #load(group: Member, queue: KeyQueue): Promise<void> {
    try {
      const of = { groupId: group.id, share: queue.share, key: queue.key, limit: LOADED_AT_ONCE }
      group.loaded(queue, await this.#options.load(of), LOADED_AT_ONCE)
    } catch (error) {
      group.load(queue)
      throw error
    }
  }
}
