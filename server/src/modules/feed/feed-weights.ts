import type { UserId } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { readWeights, saveWeights } from './choice-store.ts'
import { USUAL, type Weights } from './ranking.ts'

interface WeightDeps {
  db: Db
  cache: Cache
  outbox: Pick<Outbox, 'append'>
}

/** Seconds; a change is told to all processes at once. */
const TTL = 1800

/** How much the parts of the ranking count for each member. */
export class FeedWeights {
  readonly #deps: WeightDeps
  readonly #weights: Entries<UserId, Weights>

  constructor(deps: WeightDeps) {
    this.#deps = deps
    const forgets = [on(['feed.weights_changed'], (e) => [e.user_id])]
    this.#weights = deps.cache.entries('feed-weights', { ttl: TTL, forgets })
  }

  /** While nothing changes, the same object. */
  of(userId: UserId): Promise<Weights> {
    return this.#weights.through(
      userId,
      async () => (await readWeights(this.#deps.db.query, userId)) ?? { ...USUAL },
    )
  }

  async change(userId: UserId, weights: Weights): Promise<Weights> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      await saveWeights(tx, userId, weights)
      await outbox.append(tx, [{ type: 'feed.weights_changed', payload: { user_id: userId } }])
    })
    return weights
  }
}
