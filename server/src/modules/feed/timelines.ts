import type { PostId, UserId } from '@tintype/contract'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Celebrities } from './celebrities.ts'
import { type FeedEntry, newestOf, type PageBelow, type ReadRecent } from './merge.ts'
import * as store from './store.ts'

export interface TimelineDeps {
  db: Db
  cache: Cache
  clock: Clock
  timelineStore: TimelineStore
  posts: { recentByAuthors: ReadRecent }
  graph: { following(userId: UserId): Promise<UserId[]> }
  celebrities: Pick<Celebrities, 'all'>
  /** Entries kept per timeline. */
  kept: number
  /** Seconds without a visit after which a member gets no fan-out. */
  inactiveAfter: number
  /** Seconds a timeline's head stays cached. */
  feedTtl: number
}

/** A timeline is touched at most so often, and a member seen within it counts as here right now. Seconds. */
const TOUCH_EVERY = 1800
interface Head {
  last_read_at: number
  floor: PostId | null
  /** Known to hold nothing because there is nothing; otherwise an empty timeline means that the store has lost it. */
  empty?: boolean
  /** Just now; never cached. */
  rebuilt?: boolean
}

/**
 * The pushed part of home feeds, and what must be read again because it was never pushed.
 *
 *   no row, or away too long --rebuild--> row with floor --fan-out, back-fill--> same row --trim on a visit--> higher floor
 *
 * The row is written before the posts are read, so a post published meanwhile is pushed, read, or both; never neither.
 */
export class Timelines {
  readonly #deps: TimelineDeps

  constructor(deps: TimelineDeps) {
    this.#deps = deps
  }

  /** Exactly the newest entries of those whom the member follows and who are pushed, and their own. Judges nothing. */
  async page(userId: UserId, page: PageBelow): Promise<FeedEntry[]> {
    const { timelineStore } = this.#deps
    // Read beside the head, and once more in the rare case that the visit has just filled the timeline.
    const [{ floor, empty, rebuilt }, entries] = await Promise.all([
      this.#visit(userId),
      timelineStore.page(userId, page),
    ])
    const found = rebuilt ? await timelineStore.page(userId, page) : entries
    if (found.length === 0 && page.before === undefined && !empty) {
      await this.#rebuild(userId)
      return this.page(userId, page)
    }
    const trusted = floor === null ? found : found.filter((entry) => entry.post_id >= floor)
    if (trusted.length === page.limit || floor === null) return trusted
    return newestOf(this.#deps.posts.recentByAuthors.bind(this.#deps.posts), await this.#pushed(userId), page)
  }

  /** Those of the members who get fan-out. */
  active(userIds: readonly UserId[]): Promise<UserId[]> {
    return this.#seenWithin(userIds, this.#deps.inactiveAfter)
  }

  /** Those of the members who are here right now, so that something made of their timeline may be cached or on a screen. */
  present(userIds: readonly UserId[]): Promise<UserId[]> {
    return this.#seenWithin(userIds, 2 * TOUCH_EVERY)
  }

  #seenWithin(userIds: readonly UserId[], seconds: number): Promise<UserId[]> {
    const { db, clock } = this.#deps
    return store.seenSince(db.query, userIds, new Date(clock.now() - seconds * 1000))
  }

  /** A new follow: as many of the author's posts as the timeline keeps, so that its newest part stays exact. */
  async backfill(userId: UserId, authorId: UserId): Promise<void> {
    const { db, posts, kept, timelineStore } = this.#deps
    if (!(await store.readTimeline(db.query, userId))) return
    const recent = await posts.recentByAuthors([authorId], {
      before: undefined,
      perAuthor: kept,
      limit: kept,
    })
    const last = recent.at(-1)
    if (recent.length === kept && last) await this.#raiseFloor(userId, last.post_id)
    await timelineStore.pushMany(recent.map((entry) => ({ ...entry, user_id: userId })))
  }

  /** An unfollow, after the fact: reads no longer believed these entries anyway. */
  async remove(userId: UserId, authorId: UserId): Promise<void> {
    await this.#deps.timelineStore.remove(userId, { authorId })
  }

  async erase(userId: UserId): Promise<void> {
    await store.deleteTimeline(this.#deps.db.query, userId)
    await this.#deps.timelineStore.clear([userId])
    await this.#deps.cache.del([headKey(userId)])
  }

  async #pushed(userId: UserId): Promise<UserId[]> {
    const { graph, celebrities } = this.#deps
    const [following, pulled] = await Promise.all([graph.following(userId), celebrities.all()])
    return [...following.filter((id) => !pulled.includes(id)), userId]
  }

  /** The member opened their feed: their timeline stands when this resolves. */
  async #visit(userId: UserId): Promise<Head> {
    const { clock, inactiveAfter } = this.#deps
    const head = await this.#head(userId)
    const awaySeconds = head ? (clock.now() - head.last_read_at) / 1000 : Number.POSITIVE_INFINITY
    // Less than fan-out's own bound, by a day where that is not all of it, so that no clock skew opens a gap between the two.
    if (!head || awaySeconds > inactiveAfter - Math.min(86_400, inactiveAfter / 2))
      return this.#rebuild(userId)
    if (awaySeconds <= TOUCH_EVERY) return head
    await this.#touch(userId)
    return (await this.#head(userId)) ?? head
  }

  async #head(userId: UserId): Promise<Head | null> {
    const { cache, db, feedTtl } = this.#deps
    return cache.through(headKey(userId), { ttl: feedTtl }, async () => {
      const row = await store.readTimeline(db.query, userId)
      return row ? { last_read_at: row.last_read_at.getTime(), floor: row.floor } : null
    })
  }

  async #rebuild(userId: UserId): Promise<Head> {
    const { db, clock, posts, kept, timelineStore, cache, feedTtl } = this.#deps
    const last_read_at = new Date(clock.now())
    const everythingUnknown = 'ffffffff-ffff-ffff-ffff-ffffffffffff' as PostId
    await store.saveTimeline(db.query, { user_id: userId, last_read_at, floor: everythingUnknown })
    const authors = await this.#pushed(userId)
    const entries = await newestOf(posts.recentByAuthors.bind(posts), authors, {
      before: undefined,
      limit: kept,
    })
    await timelineStore.pushMany(entries.map((entry) => ({ ...entry, user_id: userId })))
    const floor = entries.length === kept ? (entries.at(-1)?.post_id ?? null) : null
    await store.saveTimeline(db.query, { user_id: userId, last_read_at, floor })
    const head = { last_read_at: last_read_at.getTime(), floor, empty: entries.length === 0 }
    await cache.del([headKey(userId)])
    if (head.empty) await cache.set(headKey(userId), head, { ttl: feedTtl })
    return { ...head, rebuilt: true }
  }

  /** Notes the visit and cuts what has grown beyond what is kept; the floor is raised before anything is cut. */
  async #touch(userId: UserId): Promise<void> {
    const { db, clock, cache, kept, timelineStore } = this.#deps
    await store.touchTimeline(db.query, userId, new Date(clock.now()))
    const entries = await timelineStore.page(userId, { limit: kept + 100 })
    const lowest = entries[kept - 1]
    if (entries.length === kept + 100 && lowest) {
      await this.#raiseFloor(userId, lowest.post_id)
      // What is pushed meanwhile must not have the cut fall above the floor.
      await timelineStore.trim([userId], kept + 50)
    }
    await cache.del([headKey(userId)])
  }

  async #raiseFloor(userId: UserId, floor: PostId): Promise<void> {
    await store.raiseFloor(this.#deps.db.query, userId, floor)
    await this.#deps.cache.del([headKey(userId)])
  }
}

const headKey = (userId: UserId) => `timeline:${userId}`
