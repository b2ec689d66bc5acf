import type { UserId } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { type CircleRow, readCircle } from './store.ts'

/** The ties of one member that decide what they see (a Viewer of access/). */
export interface Circle {
  user_id: UserId
  following: ReadonlySet<UserId>
  blocking: ReadonlySet<UserId>
  blockedBy: ReadonlySet<UserId>
  muted: ReadonlySet<UserId>
}

/** Seconds; a change is told to all processes at once, this only bounds what is held. */
const TTL = 1800

/** Whose circle is another afterwards. */
const NEWS = [
  on(['user.followed', 'user.unfollowed'], (e) => [e.follower_id]),
  on(['user.blocked', 'user.unblocked'], (e) => [e.blocker_id, e.blocked_id]),
  on(['user.muted', 'user.unmuted'], (e) => [e.muter_id]),
]

/** Circles, cached: with them who may see whose posts is arithmetic. */
export class Circles {
  readonly #db: Db
  readonly #rows: Entries<UserId, CircleRow>
  /** As long as the cache answers the same object, so are its sets. */
  readonly #sets = new WeakMap<CircleRow, Circle>()

  constructor({ db, cache }: { db: Db; cache: Cache }) {
    this.#db = db
    this.#rows = cache.entries('circle', { ttl: TTL, forgets: NEWS })
  }

  async of(userId: UserId): Promise<Circle> {
    const kept = await this.#rows.through(userId, () => readCircle(this.#db.query, userId))
    const known = this.#sets.get(kept)
    if (known) return known
    const circle = {
      user_id: userId,
      following: new Set(kept.following),
      blocking: new Set(kept.blocking),
      blockedBy: new Set(kept.blocked_by),
      muted: new Set(kept.muted),
    }
    this.#sets.set(kept, circle)
    return circle
  }
}
