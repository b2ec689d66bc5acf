import type { UserId } from '@tintype/contract'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idFloor } from '../../kit/ids.ts'
import { Remembered, type Since } from '../../kit/remembered.ts'
import { readAffinities } from './store.ts'

/** How far back an interaction counts. Milliseconds. */
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

/**
 * How much a member cares for authors: what they did to their posts. Asked for the authors of one window, as all whom somebody has ever
 * liked are several times as many.
 */
export class Affinities {
  readonly #db: Db
  readonly #weights: Remembered<UserId, UserId, number>

  constructor({ db, cache, clock, feedTtl }: AffinityDeps) {
    this.#db = db
    const since = cache.entries<UserId, Since>('affinity', { ttl: feedTtl })
    this.#weights = new Remembered({ since, clock, most: REMEMBERED })
  }

  /** Weighted interactions by author; each author asked has an answer. */
  async of(userId: UserId, authorIds: ReadonlySet<UserId>): Promise<ReadonlyMap<UserId, number>> {
    const ids = [...authorIds]
    const weights = await this.#weights.of(userId, ids, {
      read: async (unknown, { at }) => {
        const { authors, weights } = await readAffinities(
          this.#db.query,
          userId,
          unknown,
          idFloor(at - SPAN_MS),
        )
        const found = new Map(authors.map((id, index) => [id, weights[index]]))
        return (id) => found.get(id) ?? 0
      },
    })
    return new Map(ids.map((id, index) => [id, weights[index] ?? 0]))
  }
}
