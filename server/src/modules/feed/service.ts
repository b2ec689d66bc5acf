import {
  normalizeTag,
  type Page,
  type PostId,
  type RankReason,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Surface } from '../../access/surfaces.ts'
import type { Cache, Entries } from '../../engines/cache/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idTime } from '../../kit/ids.ts'
import { type Pieces, withMembers } from '../../kit/pieces.ts'
import type { Engagement } from '../engagement/api.ts'
import type { Graph } from '../graph/api.ts'
import type { Members } from '../members/api.ts'
import type { Posts } from '../posts/api.ts'
import type { Reposts } from '../reposts/api.ts'
import type { Affinities } from './affinities.ts'
import type { Favourites } from './favourites.ts'
import type { FeedWeights } from './feed-weights.ts'
import { Memo } from './memo.ts'
import { type FeedEntry, newestOf, type PageBelow, type ReadRecent } from './merge.ts'
import { newestPage, rankedPage, type Show } from './pages.ts'
import { affinityOf, pointsOf, rank, type Signals } from './ranking.ts'
import type { Skeletons } from './skeletons.ts'
import type { TagFollows } from './tag-follows.ts'

/** A post as the viewer may see it; `json` is its reply. */
export interface Shown {
  post_id: PostId
  author_id: UserId
  status: string
  json: Pieces
}

export interface FeedDeps {
  cache: Cache
  clock: Clock
  skeletons: Pick<Skeletons, 'page'>
  affinities: Pick<Affinities, 'of'>
  favourites: Pick<Favourites, 'idsOf'>
  weights: Pick<FeedWeights, 'of'>
  tagFollows: Pick<TagFollows, 'among' | 'of'>
  reposts: Pick<Reposts, 'counts' | 'sharers'>
  show(viewerId: UserId | null, ids: readonly PostId[], surface?: Surface): Promise<Shown[]>
  members: Pick<Members, 'byUsername'>
  graph: Pick<Graph, 'relations' | 'judge'>
  posts: Pick<
    Posts,
    'authorOf' | 'authorPosts' | 'findVisible' | 'pinnedPosts' | 'recentPosts' | 'records' | 'tagPosts'
  > & { recentByAuthors: ReadRecent }
  engagement: Pick<Engagement, 'counters' | 'savedPage'>
  /** Posts by the name of their place. */
  places: { placePosts(name: string, page: { before: PostId | undefined; limit: number }): Promise<Posted[]> }
}
type Posted = Pick<FeedEntry, 'post_id'>

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
    const { skeletons, graph, tagFollows } = this.#deps
    const [relations, tags] = await Promise.all([graph.relations(viewerId), tagFollows.of(viewerId)])
    const { following, muted } = relations
    // An unfollow or a mute holds at once, before the timeline store has heard of it.
    const isAllowed = ({ author_id }: FeedEntry) =>
      author_id === viewerId || (following.has(author_id) && !muted.has(author_id))
    // Of whom one does not follow, what is shown says whether it is there for another reason.
    const isOpen = (entry: FeedEntry) =>
      isAllowed(entry) || !(following.has(entry.author_id) || muted.has(entry.author_id))
    const rule = async (entries: readonly FeedEntry[]) => {
      if (entries.every(isOpen)) return isOpen
      const together = await this.#throughOthers(entries, isAllowed)
      return (entry: FeedEntry) => isOpen(entry) || together.has(entry.post_id)
    }
    const read = async (before: PostId | undefined, limit: number) => {
      const first = await skeletons.page(relations, { before, limit })
      return this.#judged.get(first, relations, () =>
        readAllowed((page) => skeletons.page(relations, page), rule, first, limit),
      )
    }
    const show = this.#showHome(viewerId, { ...relations, tags, isAllowed })
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

  /** Posts of the member's favourites alone, newest first. */
  async favourites(viewerId: UserId, asked: Asked): Promise<Page<Shown>> {
    const { graph, posts, favourites } = this.#deps
    const [ids, reader] = await Promise.all([favourites.idsOf(viewerId), graph.relations(viewerId)])
    const authors = ids.filter((id) => !reader.muted.has(id))
    return newestPage(
      'home.favourites',
      asked,
      (before, limit) => newestOf(posts.recentByAuthors.bind(posts), authors, { before, limit, reader }),
      this.#showPublished(viewerId),
    )
  }

  /** What a post's place in the ranked feed comes of. */
  async why(viewerId: UserId, postId: PostId): Promise<RankReason> {
    const { posts, engagement, reposts, affinities, weights, tagFollows, graph } = this.#deps
    const { author_id } = await posts.findVisible(viewerId, postId)
    const [[counters], shares, interactions, own, tags, { following }] = await Promise.all([
      engagement.counters([postId], viewerId),
      reposts.counts([postId]),
      affinities.of(viewerId, new Set([author_id])),
      weights.of(viewerId),
      tagFollows.of(viewerId),
      graph.relations(viewerId),
    ])
    const weight = interactions.get(author_id) ?? 0
    const signals = this.#signalsOf(postId, { ...counters, shares: shares.get(postId) }, weight)
    const tagged = following.has(author_id) ? undefined : await tagFollows.among(tags, [postId])
    return {
      hashtag: tagged?.get(postId) ?? null,
      points: pointsOf(signals, own),
      likes_count: signals.likes,
      comments_count: signals.comments,
      reposts_count: signals.shares,
      age_seconds: Math.max(0, Math.round(signals.ageSeconds)),
      interactions: weight,
    }
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
      (ids) => this.#deps.show(null, ids, 'explore'),
    )
  }

  /** What is pinned, then newest first; the member's own also shows what is in the making or failed. */
  async user(viewerId: UserId | null, username: string, asked: Asked): Promise<Page<Shown>> {
    const { members, graph, posts } = this.#deps
    const author = await members.byUsername(username)
    const see = author && (await graph.judge(viewerId, [author.user_id]))
    if (!author || see?.(author.user_id) !== 'full') throw new TintypeError('not_found')
    const as = author.user_id === viewerId ? 'own' : 'others'
    const reader = viewerId === null ? undefined : await graph.relations(viewerId)
    const pinned =
      asked.cursor === undefined
        ? await this.#deps.show(viewerId, await posts.pinnedPosts(author.user_id))
        : []
    const page = await newestPage(
      `user.${author.user_id}`,
      { ...asked, limit: Math.max(1, asked.limit - pinned.length) },
      (before, limit) => posts.authorPosts(author.user_id, { before, limit, as, ...(reader && { reader }) }),
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
      (ids) => this.#deps.show(viewerId, ids, 'found'),
    )
  }

  /** A place is there for whoever sees a post from it. */
  async place(viewerId: UserId | null, name: string, asked: Asked): Promise<Page<Shown>> {
    const page = await newestPage(
      `place.${name}`,
      asked,
      (before, limit) => this.#deps.places.placePosts(name, { before, limit }),
      (ids) => this.#deps.show(viewerId, ids, 'found'),
    )
    if (asked.cursor === undefined && page.items.length === 0) throw new TintypeError('not_found')
    return page
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

  /** Those of the entries that are not there for whom they stand for, and are for another of their authors. */
  async #throughOthers(
    entries: readonly FeedEntry[],
    isAllowed: (entry: FeedEntry) => boolean,
  ): Promise<ReadonlySet<PostId>> {
    const refused = entries.filter((entry) => !isAllowed(entry)).map((entry) => entry.post_id)
    const records = await this.#deps.posts.records(refused)
    const those = [...records.values()].filter(({ post_id, author_id, collaborators }) => {
      const others = collaborators.flatMap(({ user_id, state }) => (state === 'accepted' ? [user_id] : []))
      return others.length > 0 && [author_id, ...others].some((id) => isAllowed({ post_id, author_id: id }))
    })
    return new Set(those.map(({ post_id }) => post_id))
  }

  /** The same for everybody who comes within a few seconds. */
  #newest(limit: number): Promise<FeedEntry[]> {
    return this.#newestPosts.through('newest', () =>
      this.#deps.posts.recentPosts(NEWEST_DAYS, { before: undefined, limit }),
    )
  }

  #showPublished(viewerId: UserId): Show<Shown> {
    return async (ids) =>
      (await this.#deps.show(viewerId, ids, 'home')).filter((post) => post.status === 'published')
  }

  async #rank(viewerId: UserId | null, entries: readonly FeedEntry[]): Promise<PostId[]> {
    const ids = entries.map((entry) => entry.post_id)
    const [counters, shares, weights, affinities] = await Promise.all([
      this.#deps.engagement.counters(ids, viewerId),
      this.#deps.reposts.counts(ids),
      viewerId ? this.#deps.weights.of(viewerId) : undefined,
      viewerId
        ? this.#deps.affinities.of(viewerId, new Set(entries.map((entry) => entry.author_id)))
        : undefined,
    ])
    const candidates = entries.map(({ post_id, author_id }, at) => ({
      post_id,
      signals: this.#signalsOf(
        post_id,
        { ...counters[at], shares: shares.get(post_id) },
        affinities?.get(author_id) ?? 0,
      ),
    }))
    return rank(candidates, weights).map((post) => post.post_id)
  }

  #signalsOf(
    postId: PostId,
    counted: { likes_count?: number; comments_count?: number; shares?: number | undefined },
    interactions: number,
  ): Signals {
    return {
      likes: counted.likes_count ?? 0,
      comments: counted.comments_count ?? 0,
      shares: counted.shares ?? 0,
      ageSeconds: (this.#deps.clock.now() - idTime(postId)) / 1000,
      affinity: affinityOf(interactions),
    }
  }

  /** Those that are not there for their authors say why they are, or are not there any more. */
  #showHome(viewerId: UserId, { following, muted, tags, isAllowed }: HomeRules): Show<Shown> {
    const { tagFollows, reposts } = this.#deps
    const show = this.#showPublished(viewerId)
    return async (ids) => {
      const shown = await show(ids)
      const others = shown.filter(({ author_id }) => author_id !== viewerId && !following.has(author_id))
      if (others.length === 0) return shown
      const otherIds = others.map((post) => post.post_id)
      const [tagged, shared, together] = await Promise.all([
        tagFollows.among(tags, otherIds),
        reposts.sharers({ user_id: viewerId, following, muted }, others),
        this.#throughOthers(others, isAllowed),
      ])
      const isOther = new Set(otherIds)
      return shown.flatMap((post) => {
        if (!isOther.has(post.post_id)) return [post]
        const hashtag = tagged.get(post.post_id)
        if (hashtag !== undefined) return [{ ...post, json: withMembers(post.json, { hashtag }) }]
        if (together.has(post.post_id)) return [post]
        const reposted_by = shared.get(post.post_id)
        return reposted_by ? [{ ...post, json: withMembers(post.json, { reposted_by }) }] : []
      })
    }
  }
}

interface HomeRules {
  following: ReadonlySet<UserId>
  muted: ReadonlySet<UserId>
  tags: readonly string[]
  isAllowed(entry: FeedEntry): boolean
}

/** Reads on until `limit` entries pass the rule or the list ends; where all pass at once, the array that was read. */
async function readAllowed(
  read: (page: PageBelow) => Promise<readonly FeedEntry[]>,
  rule: (entries: readonly FeedEntry[]) => Promise<(entry: FeedEntry) => boolean>,
  first: readonly FeedEntry[],
  limit: number,
): Promise<readonly FeedEntry[]> {
  const passes = await rule(first)
  if (first.every(passes)) return first
  const allowed = first.filter(passes)
  for (let last = first; last.length === limit && allowed.length < limit; ) {
    last = await read({ before: last.at(-1)?.post_id, limit })
    allowed.push(...last.filter(await rule(last)))
  }
  return allowed.slice(0, limit)
}
