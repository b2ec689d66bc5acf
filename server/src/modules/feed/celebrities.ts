import type { UserId } from '@tintype/contract'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { type FeedEntry, type ReadRecent, TOP, type TopList } from './merge.ts'
import * as store from './store.ts'

export interface CelebrityDeps {
  db: Db
  cache: Cache
  clock: Clock
  posts: { recentByAuthors: ReadRecent }
  /** Seconds that lists stay cached. */
  feedTtl: number
}

const ALL = 'celebrities'
const recentKey = (id: UserId) => `recent:${id}`

/** Authors who are pulled when a follower reads, and their newest posts, shared by all who read. */
export class Celebrities {
  readonly #deps: CelebrityDeps

  constructor(deps: CelebrityDeps) {
    this.#deps = deps
  }

  async all(): Promise<readonly UserId[]> {
    const { cache, db, feedTtl } = this.#deps
    return cache.through(ALL, { ttl: feedTtl }, () => store.celebrities(db.query))
  }

  async has(authorId: UserId): Promise<boolean> {
    return (await this.all()).includes(authorId)
  }

  /** For good: what was not pushed to anyone must go on being pulled. */
  async add(authorId: UserId): Promise<void> {
    const { db, cache, clock } = this.#deps
    if (await this.has(authorId)) return
    await store.addCelebrity(db.query, authorId, new Date(clock.now()))
    await cache.del([ALL])
  }

  async remove(authorId: UserId): Promise<void> {
    await store.removeCelebrity(this.#deps.db.query, authorId)
    await this.#deps.cache.del([ALL, recentKey(authorId)])
  }

  /** The newest posts of each. While nothing changes, the same lists. */
  async recents(authorIds: readonly UserId[]): Promise<TopList[]> {
    const { cache, posts, feedTtl } = this.#deps
    const found = await cache.throughMany<TopList>(
      authorIds.map(recentKey),
      { ttl: feedTtl },
      async (missing) => {
        const ids = missing.map((key) => key.slice('recent:'.length) as UserId)
        const limit = TOP * ids.length
        const entries = await posts.recentByAuthors(ids, { before: undefined, perAuthor: TOP, limit })
        const byAuthor = Map.groupBy(entries, (entry: FeedEntry) => entry.author_id)
        return new Map(ids.map((id) => [recentKey(id), topList(byAuthor.get(id) ?? [])]))
      },
    )
    return found.map((list) => list ?? topList([]))
  }

  /** The author published or deleted a post. */
  async forgetRecent(authorId: UserId): Promise<void> {
    await this.#deps.cache.del([recentKey(authorId)])
  }
}

const topList = (entries: FeedEntry[]): TopList => ({ entries, isAll: entries.length < TOP })
