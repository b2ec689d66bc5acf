import { normalizeTag, type Page, type PostId, TintypeError, type UserId } from '@tintype/contract'
import type { Cache, Entries } from '../../engines/cache/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idTime } from '../../kit/ids.ts'
import type { Pieces } from '../../kit/pieces.ts'
import type { Engagement } from '../engagement/api.ts'
import type { Graph } from '../graph/api.ts'
import type { Members } from '../members/api.ts'
import type { Posts } from '../posts/api.ts'
import type { Affinities } from './affinities.ts'
import { Memo } from './memo.ts'
import type { FeedEntry, PageBelow } from './merge.ts'
import { newestPage, rankedPage, type Show } from './pages.ts'
import { affinityOf, rank, type Signals } from './ranking.ts'
import type { Skeletons } from './skeletons.ts'

/** A post as the viewer may see it; `json` is its reply. */
export interface Shown {
  post_id: PostId
  status: string
  json: Pieces
}

export interface FeedDeps {
  cache: Cache
  clock: Clock
  skeletons: Pick<Skeletons, 'page'>
  affinities: Pick<Affinities, 'of'>
  show(viewerId: UserId | null, ids: readonly PostId[]): Promise<Shown[]>
  members: Pick<Members, 'byUsername'>
  graph: Pick<Graph, 'relations' | 'judge'>
  posts: Pick<Posts, 'authorPosts' | 'pinnedPosts' | 'recentPosts' | 'tagPosts'>
  engagement: Pick<Engagement, 'counters' | 'savedPage'>
}

export interface Asked {
  cursor?: string
  limit: number
}
/** How far back visitors look. Days. */
const NEWEST_DAYS = 30
/** Seconds. */
const NEWEST_TTL = 5
/** A first page that is asked for again within so long stands in the same order. */
const RANKED_MS = 30_000

/** Skeleton (ids) -> rules (who may appear) -> hydrate and present; see pages.ts for how a page is filled. */
export class FeedService {
  readonly #deps: FeedDeps
  readonly #newestPosts: Entries<'newest', FeedEntry[]>
  /** Of a skeleton's page, what the rules leave of these relations; and the order of that for a moment. */
  readonly #judged = new Memo<object, Promise<readonly FeedEntry[]>>()
  readonly #ranked = new Memo<number, Promise<readonly PostId[]>>()

  constructor(deps: FeedDeps) {
    this.#deps = deps
    this.#newestPosts = deps.cache.entries('newest', { ttl: NEWEST_TTL })
  }

  async home(viewerId: UserId, asked: Asked, sort: 'ranked' | 'chronological'): Promise<Page<Shown>> {
    const { skeletons, graph } = this.#deps
    const relations = await graph.relations(viewerId)
    const { following, muted } = relations
    // An unfollow or a mute holds at once, before the timeline store has heard of it.
    const isAllowed = ({ author_id }: FeedEntry) =>
      author_id === viewerId || (following.has(author_id) && !muted.has(author_id))
    const read = async (before: PostId | undefined, limit: number) => {
      const first = await skeletons.page(viewerId, following, { before, limit })
      return this.#judged.get(first, relations, () =>
        readAllowed((page) => skeletons.page(viewerId, following, page), isAllowed, first, limit),
      )
    }
    const show = this.#showPublished(viewerId)
    if (sort === 'chronological') return newestPage('home', asked, read, show)
    return rankedPage(
      'home.ranked',
      asked,
      read,
      (entries) =>
        this.#ranked.get(entries, Math.floor(this.#deps.clock.now() / RANKED_MS), () =>
          this.#rank(viewerId, entries),
        ),
      show,
    )
  }

  /** Public posts of the last weeks, ranked: what visitors are shown. */
  async newest(asked: Asked): Promise<Page<Shown>> {
    const { posts } = this.#deps
    return rankedPage(
      'newest',
      asked,
      async (before, limit) =>
        before === undefined ? this.#newest(limit) : posts.recentPosts(NEWEST_DAYS, { before, limit }),
      (entries) => this.#rank(null, entries),
      (ids) => this.#deps.show(null, ids),
    )
  }

  /** What is pinned, then newest first; the member's own also shows what is in the making or failed. */
  async user(viewerId: UserId | null, username: string, asked: Asked): Promise<Page<Shown>> {
    const { members, graph, posts } = this.#deps
    const author = await members.byUsername(username)
    const see = author && (await graph.judge(viewerId, [author.user_id]))
    if (!author || see?.(author.user_id) !== 'full') throw new TintypeError('not_found')
    const as = author.user_id === viewerId ? 'own' : 'others'
    const pinned =
      asked.cursor === undefined
        ? await this.#deps.show(viewerId, await posts.pinnedPosts(author.user_id))
        : []
    const page = await newestPage(
      `user.${author.user_id}`,
      { ...asked, limit: Math.max(1, asked.limit - pinned.length) },
      (before, limit) => posts.authorPosts(author.user_id, { before, limit, as }),
      (ids) => this.#deps.show(viewerId, ids),
    )
    return { ...page, items: [...pinned, ...page.items] }
  }

  async hashtag(viewerId: UserId | null, name: string, asked: Asked): Promise<Page<Shown>> {
    const tag = normalizeTag(name)
    return newestPage(
      `tag.${tag}`,
      asked,
      (before, limit) => this.#deps.posts.tagPosts(tag, { before, limit }),
      (ids) => this.#deps.show(viewerId, ids),
    )
  }

  /** In the order of saving. A saved post that can no longer be seen is passed over. */
  async saved(viewerId: UserId, asked: Asked): Promise<Page<Shown>> {
    const items: Shown[] = []
    let cursor: string | null | undefined = asked.cursor
    do {
      const page = await this.#deps.engagement.savedPage(
        viewerId,
        cursor ?? undefined,
        asked.limit - items.length,
      )
      const ids = page.items.map((entry) => entry.post_id)
      items.push(...(await this.#deps.show(viewerId, ids)))
      cursor = page.next_cursor
    } while (items.length < asked.limit && cursor !== null)
    return { items, next_cursor: cursor }
  }

  /** The same for everybody who comes within a few seconds. */
  #newest(limit: number): Promise<FeedEntry[]> {
    return this.#newestPosts.through('newest', () =>
      this.#deps.posts.recentPosts(NEWEST_DAYS, { before: undefined, limit }),
    )
  }

  #showPublished(viewerId: UserId): Show<Shown> {
    return async (ids) => (await this.#deps.show(viewerId, ids)).filter((post) => post.status === 'published')
  }

  async #rank(viewerId: UserId | null, entries: readonly FeedEntry[]): Promise<PostId[]> {
    const ids = entries.map((entry) => entry.post_id)
    const [counters, affinities] = await Promise.all([
      this.#deps.engagement.counters(ids, viewerId),
      viewerId
        ? this.#deps.affinities.of(viewerId, new Set(entries.map((entry) => entry.author_id)))
        : undefined,
    ])
    const now = this.#deps.clock.now()
    const candidates = entries.map(({ post_id, author_id }, at) => {
      const counted = counters[at]
      const signals: Signals = {
        likes: counted?.likes_count ?? 0,
        comments: counted?.comments_count ?? 0,
        shares: 0,
        ageSeconds: (now - idTime(post_id)) / 1000,
        affinity: affinityOf(affinities?.get(author_id) ?? 0),
      }
      return { post_id, signals }
    })
    return rank(candidates).map((post) => post.post_id)
  }
}

/** Reads on until `limit` entries pass the rule or the list ends; where all pass at once, the array that was read. */
async function readAllowed(
  read: (page: PageBelow) => Promise<readonly FeedEntry[]>,
  passes: (entry: FeedEntry) => boolean,
  first: readonly FeedEntry[],
  limit: number,
): Promise<readonly FeedEntry[]> {
  if (first.every(passes)) return first
  const allowed = first.filter(passes)
  for (let last = first; last.length === limit && allowed.length < limit; ) {
    last = await read({ before: last.at(-1)?.post_id, limit })
    allowed.push(...last.filter(passes))
  }
  return allowed.slice(0, limit)
}
