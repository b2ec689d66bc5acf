import type { CircleId, SensitiveLevel, UserId } from '@tintype/contract'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { type RelationsRow, readRelations } from './store.ts'

/** The ties of one member that decide what they see (a Viewer of access/). */
export interface Relations {
  user_id: UserId
  following: ReadonlySet<UserId>
  blocking: ReadonlySet<UserId>
  blockedBy: ReadonlySet<UserId>
  muted: ReadonlySet<UserId>
  restricted: ReadonlySet<UserId>
  restrictedBy: ReadonlySet<UserId>
  /** Others' circles that they are in. */
  circles: ReadonlySet<CircleId>
  /** Until when (ms) they hold back what accounts do that they hardly know. */
  limitingUntil: number
  /** What they chose about what they come across (Tastes of access/). */
  sensitive: SensitiveLevel
  mutedWords: readonly string[]
}

/** Seconds; a change is told to all processes at once, this only bounds what is held. */
const TTL = 1800

/** Whose relations are others afterwards. */
const NEWS = [
  on(['user.followed', 'user.unfollowed'], (e) => [e.follower_id]),
  on(['user.blocked', 'user.unblocked'], (e) => [e.blocker_id, e.blocked_id]),
  on(['user.muted', 'user.unmuted'], (e) => [e.muter_id]),
  on(['user.restricted', 'user.unrestricted'], (e) => [e.restricter_id, e.restricted_id]),
  on(['circle.member_added', 'circle.member_removed'], (e) => [e.member_id]),
  on(['circle.deleted'], (e) => e.member_ids),
  on(['user.interaction_limit_changed', 'user.viewing_changed'], (e) => [e.user_id]),
]

/** RelationsCache, cached: with them who may see whose posts is arithmetic. */
export class RelationsCache {
  readonly #db: Db
  readonly #rows: Entries<UserId, RelationsRow>
  /** As long as the cache answers the same object, so are its sets. */
  readonly #sets = new WeakMap<RelationsRow, Relations>()

  constructor({ db, cache }: { db: Db; cache: Cache }) {
    this.#db = db
    this.#rows = cache.entries('relations', { ttl: TTL, forgets: NEWS })
  }

  async of(userId: UserId): Promise<Relations> {
    const kept = await this.#rows.through(userId, () => readRelations(this.#db.query, userId))
    const known = this.#sets.get(kept)
    if (known) return known
    const relations = {
      user_id: userId,
      following: new Set(kept.following),
      blocking: new Set(kept.blocking),
      blockedBy: new Set(kept.blocked_by),
      muted: new Set(kept.muted),
      restricted: new Set(kept.restricted),
      restrictedBy: new Set(kept.restricted_by),
      circles: new Set(kept.circles),
      limitingUntil: kept.limiting_until ?? 0,
      sensitive: kept.sensitive ?? ('standard' as const),
      mutedWords: kept.muted_words ?? [],
    }
    this.#sets.set(kept, relations)
    return relations
  }
}
