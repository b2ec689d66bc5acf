import type { UserId } from '@tintype/contract'
import type { Cache, Entries } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idFloor } from '../../kit/ids.ts'
import { readAffinities } from './store.ts'

/** How far back a deed counts. Milliseconds. */
const SPAN_MS = 90 * 86_400_000
/** Authors remembered for one member: some ranked windows' worth. */
const REMEMBERED = 1000

export interface AffinityDeps {
  db: Db
  cache: Cache
  clock: Clock
  /** Seconds for which what was read is believed. */
  feedTtl: number
}

/** Stands for what is known since `at` (ms since 1970). */
interface Known {
  at: number
}

/**
 * How much a member cares for authors: what they did to their posts. Asked for the authors of one window, as all whom somebody has ever
 * liked are several times as many.
 */
export class Affinities {
  readonly #deps: AffinityDeps
  readonly #known: Entries<UserId, Known>
  /** By author, those of none included; as long as the cache keeps the object. */
  readonly #weights = new WeakMap<Known, Map<UserId, number>>()

  constructor(deps: AffinityDeps) {
    this.#deps = deps
    this.#known = deps.cache.entries('affinity', { ttl: deps.feedTtl })
  }

  /** Weighted deeds by author; each author asked has an answer. */
  async of(userId: UserId, authorIds: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, number>> {
    const { db, clock } = this.#deps
    const since = await this.#known.through(userId, async () => ({ at: clock.now() }))
    const known = this.#weights.get(since) ?? new Map<UserId, number>()
    this.#weights.set(since, known)
    const unknown = [...authorIds].filter((id) => !known.has(id))
    if (unknown.length === 0) return known
    const { authors, weights } = await readAffinities(db.query, userId, unknown, idFloor(since.at - SPAN_MS))
    // Others may still be looking into what was known.
    const kept = known.size > REMEMBERED ? new Map<UserId, number>() : known
    this.#weights.set(since, kept)
    for (const id of authorIds) kept.set(id, known.get(id) ?? 0)
    for (const [at, id] of authors.entries()) kept.set(id, weights[at] ?? 0)
    return kept
  }
}
