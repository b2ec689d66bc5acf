import type { PostId, UserId } from '@tintype/contract'
import type { Cache, DerivedEntries } from '../../engines/cache/port.ts'
import { type Db, groupCommit } from '../../engines/db/port.ts'
import type { TimelineStore } from '../../engines/timeline-store/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { HIGHEST_ID } from '../../kit/ids.ts'
import { inChunks } from '../../kit/in-chunks.ts'
import type { Graph } from '../graph/api.ts'
import type { Posts } from '../posts/api.ts'
import type { Reposts } from '../reposts/api.ts'
import type { Celebrities } from './celebrities.ts'
import { readTags } from './choice-store.ts'
import { type FeedEntry, newestOf, type PageBelow, type Reader, type ReadRecent } from './merge.ts'
import * as store from './store.ts'

export interface TimelineDeps {
  reposts: Pick<Reposts, 'newestBy'>
  db: Db
  cache: Cache
  clock: Clock
  timelineStore: TimelineStore
  posts: { recentByAuthors: ReadRecent } & Pick<Posts, 'tagPosts'>
  graph: Pick<Graph, 'following'> & {
    relations(userId: UserId): Promise<Reader & { following: ReadonlySet<UserId> }>
  }
  celebrities: Pick<Celebrities, 'all'>
  /** Entries kept per timeline. */
  kept: number
  /** Seconds without a visit after which a member gets no fan-out. */
  inactiveAfter: number
  /** Seconds a timeline's head stays cached. */
  feedTtl: number
}

/** A visit is noted when the last one noted is so old. Seconds. */
const NOTE_AFTER = 1800
/** Every so manieth visit that is noted, a timeline is looked at for whether it has grown too long. */
const CUT_EVERY = 16
/** Posts of a followed hashtag that a timeline begins with. */
const PER_TAG = 20
/** Visits noted by one statement, at most. */
const VISITS = 100

interface Head {
  /** The member was away for so long that nothing was pushed to them. */
  wasAway: boolean
  floor: PostId | null
  /** Known to hold nothing because there is nothing; otherwise an empty timeline means that the store has lost it. */
  empty?: boolean
}

interface Visited extends Pick<Head, 'wasAway' | 'floor'> {
  wasNoted: boolean
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
  readonly #heads: DerivedEntries<UserId, Head | null>
  /** As the timeline was before; undefined where the member has none. */
  readonly #noteVisit = groupCommit(VISITS, (userIds: readonly UserId[]) => this.#noteVisits(userIds))
  /** Visits that this process has noted. */
  #noted = 0

  constructor(deps: TimelineDeps) {
    this.#deps = deps
    this.#heads = deps.cache.derived('timeline', { ttl: deps.feedTtl })
  }

  /** Exactly the newest entries of those whom the member follows and who are pushed, and their own. Judges nothing. */
  async page(userId: UserId, page: PageBelow): Promise<FeedEntry[]> {
    // The visit first: fan-out asks who is here after it has pushed, so that what this read misses is told.
    const { floor, empty } = await this.#visit(userId)
    const found = await this.#deps.timelineStore.page(userId, page)
    if (found.length === 0 && page.before === undefined && !empty) {
      await this.#rebuild(userId)
      return this.page(userId, page)
    }
    const trusted = floor === null ? found : found.filter((entry) => entry.post_id >= floor)
    if (trusted.length === page.limit || floor === null) return trusted
    const { posts, graph } = this.#deps
    const [authors, reader] = await Promise.all([this.#pushed(userId), graph.relations(userId)])
    return newestOf(posts.recentByAuthors.bind(posts), authors, { ...page, reader })
  }

  /** Those of the members who get fan-out. */
  active(userIds: readonly UserId[]): Promise<UserId[]> {
    return this.#seenWithin(userIds, this.#deps.inactiveAfter)
  }

  /** Those of the members who are here right now, so that something made of their timeline may be cached or on a screen. */
  present(userIds: readonly UserId[]): Promise<UserId[]> {
    return this.#seenWithin(userIds, 2 * (NOTE_AFTER + this.#deps.feedTtl))
  }

  #seenWithin(userIds: readonly UserId[], seconds: number): Promise<UserId[]> {
    const { db, clock } = this.#deps
    return store.seenSince(db.query, userIds, new Date(clock.now() - seconds * 1000))
  }

  /**
   * A new follow: as many of the author's posts as the timeline keeps, so that its newest part stays exact. `onlyForCircles`: what is for
   * all is pulled, or stands there already.
   */
  async backfill(userId: UserId, authorId: UserId, onlyForCircles: boolean): Promise<void> {
    const { db, graph, posts, kept, timelineStore } = this.#deps
    if (!(await store.hasTimeline(db.query, userId))) return
    const reader = await graph.relations(userId)
    if (onlyForCircles && reader.circles.size === 0) return
    const recent = await posts.recentByAuthors([authorId], {
      before: undefined,
      perAuthor: kept,
      limit: kept,
      reader,
      onlyForCircles,
    })
    const last = recent.at(-1)
    if (recent.length === kept && last) await this.#raiseFloor(userId, last.post_id)
    await timelineStore.pushMany([userId], recent)
  }

  /** An unfollow, after the fact: reads no longer believed these entries anyway. */
  async remove(userId: UserId, authorId: UserId, kept: readonly FeedEntry[]): Promise<void> {
    await this.#deps.timelineStore.remove(userId, { authorId, kept })
  }

  /** Drops all timelines; each is made anew when its member comes next. Answers how many there were. */
  clearAll(signal: AbortSignal): Promise<number> {
    const { db, timelineStore } = this.#deps
    return inChunks<UserId>(
      (after) => store.timelinesAfter(db.query, after, 500),
      async (ids) => {
        // The row first: nothing is pushed to who has none.
        await store.dropTimelines(db.query, ids)
        await timelineStore.clear(ids)
        await this.#heads.del(ids)
      },
      signal,
    )
  }

  async erase(userId: UserId): Promise<void> {
    await store.deleteTimeline(this.#deps.db.query, userId)
    await this.#deps.timelineStore.clear([userId])
    await this.#heads.del([userId])
  }

  async #pushed(userId: UserId): Promise<UserId[]> {
    const { graph, celebrities } = this.#deps
    const [following, pulled] = await Promise.all([graph.following(userId), celebrities.all()])
    return [...following.filter((id) => !pulled.includes(id)), userId]
  }

  async #pulled({
    following,
    circles,
  }: Awaited<ReturnType<TimelineDeps['graph']['relations']>>): Promise<UserId[]> {
    if (circles.size === 0) return []
    return (await this.#deps.celebrities.all()).filter((id) => following.has(id))
  }

  /** The member opened their feed: their timeline stands when this resolves. */
  async #visit(userId: UserId): Promise<Head> {
    const head = await this.#head(userId)
    return !head || head.wasAway ? this.#rebuild(userId) : head
  }

  /** Read with each of the member's visits that is some minutes after the last, and so notes them. */
  async #head(userId: UserId): Promise<Head | null> {
    return this.#heads.through(userId, async () => {
      const visited = await this.#noteVisit(userId)
      if (!visited) return null
      const { wasAway, wasNoted, floor } = visited
      const cut = wasNoted && ++this.#noted % CUT_EVERY === 0 ? await this.#cut(userId) : null
      return { wasAway, floor: cut ?? floor }
    })
  }

  async #noteVisits(userIds: readonly UserId[]): Promise<(Visited | undefined)[]> {
    const { clock, db, inactiveAfter } = this.#deps
    const now = clock.now()
    // Less than fan-out's own bound, by a day where that is not all of it, so that no clock skew opens a gap between the two.
    const after = new Date(now - 1000 * (inactiveAfter - Math.min(86_400, inactiveAfter / 2)))
    const before = new Date(now - 1000 * NOTE_AFTER)
    const rows = await store.visitTimelines(db.query, userIds, { now: new Date(now), after, before })
    const visited = new Map(
      rows.map(({ user_id, last_read_at, floor }) => {
        const wasAway = last_read_at <= after
        return [user_id, { wasAway, wasNoted: !wasAway && last_read_at < before, floor }]
      }),
    )
    return userIds.map((id) => visited.get(id))
  }

  async #rebuild(userId: UserId): Promise<Head> {
    const { db, clock, posts, graph, reposts, kept, timelineStore } = this.#deps
    const last_read_at = new Date(clock.now())
    const everythingUnknown = HIGHEST_ID as PostId
    await store.saveTimeline(db.query, { user_id: userId, last_read_at, floor: everythingUnknown })
    const authors = await this.#pushed(userId)
    const reader = await graph.relations(userId)
    const read = posts.recentByAuthors.bind(posts)
    const page = { before: undefined, limit: kept, reader }
    const entries = await newestOf(read, authors, page)
    await timelineStore.pushMany([userId], entries)
    const others = [
      ...(await this.#taggedPosts(userId)),
      ...(await reposts.newestBy([...reader.following])),
      // What is for circles is pushed, whoever its author.
      ...(await newestOf(read, await this.#pulled(reader), { ...page, onlyForCircles: true })),
    ]
    if (others.length > 0) await timelineStore.pushMany([userId], others)
    const floor = entries.length === kept ? (entries.at(-1)?.post_id ?? null) : null
    await store.saveTimeline(db.query, { user_id: userId, last_read_at, floor })
    await this.#heads.del([userId])
    const head: Head = { wasAway: false, floor }
    if (entries.length > 0 || others.length > 0) return head
    const empty = { ...head, empty: true }
    await this.#heads.set(userId, empty)
    return empty
  }

  /** The newest of the hashtags that the member follows. */
  async #taggedPosts(userId: UserId): Promise<FeedEntry[]> {
    const { db, posts } = this.#deps
    const tags = await readTags(db.query, userId)
    const found = tags.map((tag) => posts.tagPosts(tag, { before: undefined, limit: PER_TAG }))
    return (await Promise.all(found)).flat()
  }

  /** Takes away what has grown beyond what is kept, and answers the new floor, which is raised before; null where nothing had to go. */
  async #cut(userId: UserId): Promise<PostId | null> {
    const { kept, timelineStore } = this.#deps
    const entries = await timelineStore.page(userId, { limit: kept + 100 })
    const floor = entries[kept - 1]?.post_id
    if (entries.length < kept + 100 || !floor) return null
    await this.#raiseFloor(userId, floor)
    // What is pushed meanwhile must not have the cut fall above the floor.
    await timelineStore.trim([userId], kept + 50)
    return floor
  }

  async #raiseFloor(userId: UserId, floor: PostId): Promise<void> {
    await store.raiseFloor(this.#deps.db.query, userId, floor)
    await this.#heads.del([userId])
  }
}
