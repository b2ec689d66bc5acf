import type { PatternKind, SecurityEventId, SecurityEventKind, UserId } from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import type { Logger } from '../../kit/logger.ts'
import { countOne, securityCounts } from '../../kit/tallies.ts'
import * as store from './journal-store.ts'

export interface JournalDeps {
  db: Db
  clock: Clock
  logger: Pick<Logger, 'error'>
}

/** Who did it. */
export interface Doer {
  address: string | null
  member_id: UserId | null
}

const DAY_MS = 86_400_000
/** Milliseconds in which the same counts as one entry. */
const GATHER_MS = 1000
/** Entries of so long; under attack those that do not fit are counted without their address. */
const MOST_ENTRIES = 200
const KEPT = { events: 100_000, eventsMs: 90 * DAY_MS, patternsMs: 30 * DAY_MS }

/**
 * What was tried and what was changed. Gathered for a second and written together: an attack costs the database some hundred rows a second at most,
 * and no request waits for it. What a process gathered when it was killed is lost; changes stand in the audit log besides.
 */
export class Journal {
  readonly #deps: JournalDeps
  #events = new Map<string, store.EventRow>()
  #patterns = new Map<string, store.PatternRow>()
  #timer: NodeJS.Timeout | undefined
  #writing = Promise.resolve()

  constructor(deps: JournalDeps) {
    this.#deps = deps
  }

  add(kind: SecurityEventKind, { address, member_id }: Doer): void {
    countOne(securityCounts, kind)
    const isRoom = this.#events.size < MOST_ENTRIES
    const key = isRoom ? `${kind} ${address} ${member_id}` : kind
    const known = this.#events.get(key)
    if (known) known.times++
    else
      this.#events.set(key, {
        event_id: newId<SecurityEventId>(this.#deps.clock),
        at: new Date(this.#deps.clock.now()),
        kind,
        times: 1,
        address: isRoom ? address : null,
        member_id: isRoom ? member_id : null,
      })
    this.#later()
  }

  /** Once more than people do. `free`: how often it was done before it was more. */
  addPattern(kind: PatternKind, source: string, { address, member_id, free }: Doer & { free: number }): void {
    const key = `${kind} ${source}`
    const now = new Date(this.#deps.clock.now())
    const known = this.#patterns.get(key)
    if (known) {
      known.seen++
      known.last_at = now
    } else if (this.#patterns.size < MOST_ENTRIES) {
      this.#patterns.set(key, {
        kind,
        source,
        address,
        member_id,
        seen: free + 1,
        first_at: now,
        last_at: now,
      })
      countOne(securityCounts, kind)
    }
    this.#later()
  }

  /** Everything that this process has gathered is written. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [events, patterns] = [[...this.#events.values()], [...this.#patterns.values()]]
    this.#events = new Map()
    this.#patterns = new Map()
    const { db, logger } = this.#deps
    this.#writing = this.#writing
      .then(async () => {
        if (events.length > 0) await store.insertEvents(db.query, events)
        if (patterns.length > 0) await store.addPatterns(db.query, patterns)
      })
      .catch((error: unknown) => logger.error({ err: error }, 'security events could not be written'))
    await this.#writing
  }

  async purge(): Promise<void> {
    const { db, clock } = this.#deps
    const ago = (ms: number) => new Date(clock.now() - ms)
    await store.deleteOldEvents(db.query, { before: ago(KEPT.eventsMs), most: KEPT.events })
    await store.deleteOldPatterns(db.query, ago(KEPT.patternsMs))
  }

  #later(): void {
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS).unref()
  }
}
