import type { StoryId, UserId } from '@tintype/contract'
import type { Cache, DerivedEntries } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { activeFrom } from './policy.ts'
import { seenSince } from './view-store.ts'

/** Seconds. */
const TTL = 1800

/** Which of the stories of the last day members have seen; cached by member. */
export class SeenStories {
  readonly #db: Db
  readonly #clock: Clock
  readonly #ids: DerivedEntries<UserId, readonly StoryId[]>
  /** As long as the cache answers the same array, so is its set. */
  readonly #sets = new WeakMap<readonly StoryId[], ReadonlySet<StoryId>>()

  constructor({ db, cache, clock }: { db: Db; cache: Cache; clock: Clock }) {
    this.#db = db
    this.#clock = clock
    this.#ids = cache.derived('seen-stories', { ttl: TTL })
  }

  async of(viewerId: UserId): Promise<ReadonlySet<StoryId>> {
    const from = activeFrom(this.#clock.now())
    const ids = await this.#ids.through(viewerId, () => seenSince(this.#db.query, viewerId, from))
    const known = this.#sets.get(ids) ?? new Set(ids)
    this.#sets.set(ids, known)
    return known
  }

  /** After a view is committed. */
  async add(viewerId: UserId, id: StoryId): Promise<void> {
    await this.#ids.amend([viewerId], (ids) => (ids.includes(id) ? ids : [...ids, id]))
  }

  async forget(viewerIds: readonly UserId[]): Promise<void> {
    await this.#ids.del(viewerIds)
  }
}
