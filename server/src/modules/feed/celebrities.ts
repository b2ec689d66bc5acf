import type { UserId } from '@tintype/contract'
import { type Cache, type DerivedEntries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Reposts } from '../reposts/api.ts'
import { type FeedEntry, mergeNewest, type ReadRecent, TOP, type TopList, withEntries } from './merge.ts'
import * as store from './store.ts'

export interface CelebrityDeps {
  db: Db
  cache: Cache
  clock: Clock
  posts: { recentByAuthors: ReadRecent }
  reposts: Pick<Reposts, 'newestBy'>
  /** Seconds that lists stay cached. */
  feedTtl: number
}

/** Authors who are pulled when a follower reads, and their newest posts, shared by all who read. */
export class Celebrities {
  readonly #deps: CelebrityDeps
  readonly #all: DerivedEntries<'all', readonly UserId[]>
  readonly #recents: DerivedEntries<UserId, TopList>
  readonly #passedOn: DerivedEntries<UserId, TopList>

  constructor(deps: CelebrityDeps) {
    this.#deps = deps
    this.#all = deps.cache.derived('celebrities', { ttl: deps.feedTtl })
    this.#recents = deps.cache.derived('recent', { ttl: deps.feedTtl })
    this.#passedOn = deps.cache.derived('passed_on', {
      ttl: deps.feedTtl,
      forgets: [on(['post.reposted', 'post.unreposted'], (e) => [e.user_id])],
    })
  }

  async all(): Promise<readonly UserId[]> {
    return this.#all.through('all', () => store.celebrities(this.#deps.db.query))
  }

  async has(authorId: UserId): Promise<boolean> {
    return (await this.all()).includes(authorId)
  }

  /** For good: what was not pushed to anyone must go on being pulled. */
  async add(authorId: UserId): Promise<void> {
    const { db, clock } = this.#deps
    if (await this.has(authorId)) return
    await store.addCelebrity(db.query, authorId, new Date(clock.now()))
    await this.#all.del(['all'])
  }

  async remove(authorId: UserId): Promise<void> {
    await store.removeCelebrity(this.#deps.db.query, authorId)
    await Promise.all([this.#all.del(['all']), this.#recents.del([authorId])])
  }

  /** The newest posts of each. While nothing changes, the same lists. */
  async recents(authorIds: readonly UserId[]): Promise<TopList[]> {
    const found = await this.#recents.throughMany(authorIds, async (missing) => {
      const page = { before: undefined, perAuthor: TOP, limit: TOP * missing.length }
      const entries = await this.#deps.posts.recentByAuthors(missing, page)
      const byAuthor = Map.groupBy(entries, (entry: FeedEntry) => entry.author_id)
      return new Map(missing.map((id) => [id, topList(byAuthor.get(id) ?? [])]))
    })
    return found.map((list) => list ?? topList([]))
  }

  /** What each passed on last, ten posts at most: all that is pulled of it. Those who passed nothing on are left out. */
  async passedOn(ids: readonly UserId[]): Promise<TopList[]> {
    const found = await this.#passedOn.throughMany(ids, async (missing) => {
      const read = missing.map(async (id) => [id, await this.#deps.reposts.newestBy([id])] as const)
      const lists = await Promise.all(read)
      return new Map(lists.map(([id, some]) => [id, topList(mergeNewest([some], TOP))]))
    })
    return found.filter((list) => list !== undefined && list.entries.length > 0) as TopList[]
  }

  /** The author published a post. */
  async addRecent(entry: FeedEntry): Promise<void> {
    await this.#recents.amend([entry.author_id], (top) => withEntries(top, [entry]))
  }

  /** The author deleted a post. */
  async forgetRecent(authorId: UserId): Promise<void> {
    await this.#recents.del([authorId])
  }
}

const topList = (entries: FeedEntry[]): TopList => ({ entries, isAll: entries.length < TOP })
