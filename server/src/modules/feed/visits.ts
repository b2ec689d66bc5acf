import type { UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { retry } from '../../kit/retry.ts'
import { touchTimelines } from './store.ts'

/**
 * Notes who was here. Visits that come while a statement is under way go into the next one together: a lone visit waits for nobody,
 * and a crowd costs one statement a round trip.
 */
export class Visits {
  readonly #deps: { db: Db; clock: Clock }
  #waiting = new Set<UserId>()
  #next: Promise<void> | undefined
  #running: Promise<unknown> = Promise.resolve()

  constructor(deps: { db: Db; clock: Clock }) {
    this.#deps = deps
  }

  /** Resolves once it is noted. */
  note(userId: UserId): Promise<void> {
    this.#waiting.add(userId)
    this.#next ??= this.#running.then(() => this.#write())
    return this.#next
  }

  #write(): Promise<void> {
    const { db, clock } = this.#deps
    // In one order everywhere, so that two processes hardly ever wait for each other in a circle.
    const userIds = [...this.#waiting].toSorted()
    this.#waiting = new Set()
    this.#next = undefined
    const at = new Date(clock.now())
    const written = retry(() => touchTimelines(db.query, userIds, at), {
      attempts: 2,
      baseMs: 10,
      retryable: () => true,
    })
    this.#running = written.catch(() => {})
    return written
  }
}
