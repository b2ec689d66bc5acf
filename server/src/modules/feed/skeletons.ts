import type { UserId } from '@tintype/contract'
import type { Cache, DerivedEntries } from '../../engines/cache/port.ts'
import type { Celebrities } from './celebrities.ts'
import {
  type FeedEntry,
  mergeNewest,
  newestOf,
  type PageBelow,
  pageOfTop,
  type Reader,
  type ReadRecent,
  TOP,
  type TopList,
  withEntries,
} from './merge.ts'
import type { Timelines } from './timelines.ts'

export interface SkeletonDeps {
  cache: Cache
  timelines: Pick<Timelines, 'page'>
  celebrities: Pick<Celebrities, 'all' | 'passedOn' | 'recents'>
  posts: { recentByAuthors: ReadRecent }
  /** Seconds. */
  feedTtl: number
}

interface Merged {
  page: PageBelow
  lists: readonly TopList[]
  entries: readonly FeedEntry[]
}

/** Home feeds as ids: each member's newest pushed entries, cached, merged with the celebrities' whom they follow. */
export class Skeletons {
  readonly #deps: SkeletonDeps
  readonly #tops: DerivedEntries<UserId, TopList>
  /** The last first page made of a cached list: most reads ask for the same again. */
  readonly #merged = new WeakMap<TopList, Merged>()

  constructor(deps: SkeletonDeps) {
    this.#deps = deps
    this.#tops = deps.cache.derived('home', { ttl: deps.feedTtl })
  }

  /**
   * Exactly the newest `limit` entries below `before` of those whom the reader follows and of theirs. Judges nothing. While nothing
   * has changed, the same first page is the same array.
   */
  async page(
    reader: Reader & { following: ReadonlySet<UserId> },
    page: PageBelow,
  ): Promise<readonly FeedEntry[]> {
    const { user_id: userId, following } = reader
    const { celebrities, timelines, posts } = this.#deps
    const [top, all] = await Promise.all([this.#top(userId), celebrities.all()])
    const pulled = all.filter((id) => following.has(id))
    const [recents, passedOn] =
      pulled.length === 0
        ? [[], []]
        : await Promise.all([celebrities.recents(pulled), celebrities.passedOn(pulled)])
    const entries = this.#fromTop(top, [...recents, ...passedOn], page)
    if (entries) return entries
    const below = await Promise.all([
      timelines.page(userId, page),
      newestOf(posts.recentByAuthors.bind(posts), pulled, { ...page, reader }),
    ])
    return mergeNewest([...below, ...passedOn.map((list) => partBelow(list, page))], page.limit)
  }

  /** These entries were pushed to these members. */
  async add(userIds: readonly UserId[], entries: readonly FeedEntry[]): Promise<void> {
    await this.#tops.amend(userIds, (top) => withEntries(top, entries))
  }

  /** Something was taken from these members, or filled in. */
  async forget(userIds: readonly UserId[]): Promise<void> {
    await this.#tops.del(userIds)
  }

  #fromTop(top: TopList, lists: TopList[], page: PageBelow): readonly FeedEntry[] | undefined {
    const last = this.#merged.get(top)
    if (last && isSame(last, lists, page)) return last.entries
    const parts = [top, ...lists].map((list) => pageOfTop(list, page))
    if (!parts.every((part) => part !== undefined)) return undefined
    const entries = mergeNewest(parts, page.limit)
    if (page.before === undefined) this.#merged.set(top, { page, lists, entries })
    return entries
  }

  async #top(userId: UserId): Promise<TopList> {
    return this.#tops.through(userId, async () => {
      const entries = await this.#deps.timelines.page(userId, { before: undefined, limit: TOP })
      return { entries, isAll: entries.length < TOP }
    })
  }
}

const partBelow = ({ entries }: TopList, { before }: PageBelow) =>
  before === undefined ? entries : entries.filter(({ post_id }) => post_id < before)

const isSame = (merged: Merged, lists: readonly TopList[], { before, limit }: PageBelow): boolean =>
  before === undefined &&
  merged.page.limit === limit &&
  merged.lists.length === lists.length &&
  merged.lists.every((list, index) => list === lists[index])
