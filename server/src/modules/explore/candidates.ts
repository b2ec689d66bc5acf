import { hashtagsOf, type PostId, type UserId } from '@tintype/contract'
import { type Entries, on } from '../../engines/cache/port.ts'
import type { Candidate, Reason, Source } from './blend.ts'
import * as store from './candidate-store.ts'
import { deedsNow, FAST, likeness, SLOW, trend } from './decay.ts'
import type { ExploreDeps } from './deps.ts'
import { placeKey } from './places.ts'
import { byScore, fresh } from './scores.ts'

/** How many of each are looked at, at most. What one step answers is what the next is asked of. */
const most = {
  /** Posts that the viewer liked last, and posts close to each. */
  seeds: 20,
  perSeed: 30,
  similar: 120,
  /** Members one follows, what each liked last, and posts named by that. */
  friends: 40,
  perFriend: 10,
  liked: 80,
  /** Members whom those follow, and posts of each. */
  further: 30,
  perFurther: 2,
  hot: 120,
  tags: 4,
  perTag: 15,
  places: 3,
  newest: 100,
} as const

/** How much a source's word counts among the others'. Found on generated communities (`npm run bench -- --only explore`). */
const weights = { similar: 1.2, liked: 1, further: 0.6, trending: 0.7, tags: 0.6, places: 0.4, newest: 0.3 }

/** Seconds for which what is trending and what is newest is the same for everybody. */
const SHARED_TTL = 30
/** Seconds for which what was found for one viewer serves their next windows; what they refuse meanwhile is left out of it. */
const OWN_TTL = 120

/** What somebody likes or refuses changes what they may like; a save is like a like. */
const NEWS = [on(['post.liked', 'post.saved', 'user.followed', 'user.unfollowed'], newsOf)]
function newsOf(e: { user_id: UserId } | { follower_id: UserId }): UserId[] {
  return ['user_id' in e ? e.user_id : e.follower_id]
}

/** A candidate whose author is not yet looked up. */
interface Named {
  post_id: PostId
  reason: Reason
}
interface NamedSource {
  weight: number
  posts: Named[]
}
interface Ref {
  post_id: PostId
  author_id: UserId
}

/** What a viewer might like, from several sources; bounded by index at every step, and judged by whoever asks. */
export class Candidates {
  readonly #deps: ExploreDeps
  readonly #shared: Entries<'hot' | 'newest', Ref[]>
  readonly #own: Entries<UserId, Source[]>

  constructor(deps: ExploreDeps) {
    this.#deps = deps
    this.#shared = deps.cache.entries('explore', { ttl: SHARED_TTL })
    this.#own = deps.cache.entries('explore-own', { ttl: OWN_TTL, forgets: NEWS })
  }

  /** `disliked`: posts the viewer is not interested in; what is close to them counts less. */
  async of(viewerId: UserId, disliked: readonly PostId[]): Promise<Source[]> {
    const [own, everybodys] = await Promise.all([
      this.#own.through(viewerId, () => this.#read(viewerId, disliked)),
      this.#everybodys(this.#deps.clock.now()),
    ])
    return [...own, ...everybodys]
  }

  async #read(viewerId: UserId, disliked: readonly PostId[]): Promise<Source[]> {
    const now = this.#deps.clock.now()
    const seeds = await store.newestDeeds(this.#deps.db.query, viewerId, most.seeds)
    const named = await Promise.all([
      this.#similar(seeds, disliked.slice(0, most.seeds)),
      this.#liked(viewerId, now),
      this.#further(viewerId, now),
      this.#likeThem(seeds, now),
    ])
    const sources = named.flat()
    const ids = [...new Set(sources.flatMap(({ posts }) => posts.map((post) => post.post_id)))]
    const authors = await this.#deps.posts.authorOf(ids)
    return sources.map(({ weight, posts }) => ({
      weight,
      candidates: posts.flatMap(({ post_id, reason }): Candidate[] => {
        const author_id = authors.get(post_id)
        return author_id === undefined ? [] : [{ post_id, author_id, reason }]
      }),
    }))
  }

  /** Authors of posts that are close to what the viewer likes, closest first. */
  async kindred(viewerId: UserId, limit: number): Promise<UserId[]> {
    const seeds = await store.newestDeeds(this.#deps.db.query, viewerId, most.seeds)
    const [similar] = await this.#similar(seeds, [])
    const ids = [...seeds, ...(similar?.posts.map((post) => post.post_id) ?? [])]
    const authors = await this.#deps.posts.authorOf(ids)
    return [...new Set(ids.flatMap((id) => authors.get(id) ?? []))].slice(0, limit)
  }

  async #similar(seeds: readonly PostId[], disliked: readonly PostId[]): Promise<NamedSource[]> {
    if (seeds.length === 0) return []
    const close = await store.closest(this.#deps.db.query, [...seeds, ...disliked], most.perSeed)
    const against = new Set(disliked)
    const scores = new Map<PostId, { score: number; nearest: number; seed: PostId | undefined }>()
    for (const { post_id, seed_id, together, one, other } of close) {
      const like = likeness(together, one, other)
      const known = scores.get(post_id) ?? { score: 0, nearest: 0, seed: undefined }
      scores.set(post_id, known)
      known.score += against.has(seed_id) ? -like : like
      if (!against.has(seed_id) && like > known.nearest)
        Object.assign(known, { nearest: like, seed: seed_id })
    }
    const best = [...scores].filter(([, { score, seed }]) => score > 0 && seed !== undefined)
    best.sort(([, a], [, b]) => b.score - a.score)
    const posts = best.slice(0, most.similar).map(([post_id, { seed }]) => ({
      post_id,
      reason: { kind: 'similar' as const, ...(seed && { post_id: seed }) },
    }))
    return [{ weight: weights.similar, posts }]
  }

  /** What those one follows liked. */
  async #liked(viewerId: UserId, now: number): Promise<NamedSource[]> {
    const friends = (await this.#deps.graph.following(viewerId)).slice(-most.friends)
    if (friends.length === 0) return []
    const liked = await store.likedBy(this.#deps.db.query, friends, {
      perMember: most.perFriend,
      limit: most.liked,
    })
    const posts = byScore(liked, ({ post_id, user_ids }) => user_ids.length * fresh(post_id, now)).map(
      ({ post_id, user_ids }): Named => ({
        post_id,
        reason: { kind: 'liked_by', ids: user_ids.slice(0, 2), count: user_ids.length },
      }),
    )
    return [{ weight: weights.liked, posts }]
  }

  /** Posts by those, and liked by those, whom those one follows follow. */
  async #further(viewerId: UserId, now: number): Promise<NamedSource[]> {
    const known = await this.#deps.questions.friendsOfFriends(viewerId, most.further)
    if (known.length === 0) return []
    const by = new Map(known.map((each) => [each.user_id, each]))
    const ids = [...by.keys()]
    const recent = await this.#deps.posts.recentByAuthors(ids, {
      before: undefined,
      perAuthor: most.perFurther,
      limit: most.perFurther * ids.length,
    })
    const posts = byScore(recent, (post) => (by.get(post.author_id)?.count ?? 0) * fresh(post.post_id, now))
    return [
      {
        weight: weights.further,
        posts: posts.map(({ post_id, author_id }) => {
          const { via = [], count = 0 } = by.get(author_id) ?? {}
          return { post_id, reason: { kind: 'followed_by', ids: via.slice(0, 2), count } }
        }),
      },
    ]
  }

  /** Others with the hashtags and of the places of what one liked. */
  async #likeThem(seeds: readonly PostId[], now: number): Promise<NamedSource[]> {
    const { posts, db } = this.#deps
    if (seeds.length === 0) return []
    const records = [...(await posts.records(seeds)).values()]
    const tags = frequent(records.flatMap((post) => hashtagsOf(post.facets))).slice(0, most.tags)
    const places = frequent(records.flatMap((post) => placeKey(post.location) ?? [])).slice(0, most.places)
    const names = new Map(records.map(({ location }) => [placeKey(location), location?.name ?? '']))
    const [tagged, placed] = await Promise.all([
      Promise.all(
        tags.map(async ([tag, count]) => {
          const found = await posts.tagPosts(tag, { before: undefined, limit: most.perTag })
          return found.map(({ post_id }) => ({
            post_id,
            count,
            reason: { kind: 'hashtag', text: tag } as const,
          }))
        }),
      ),
      store.placePosts(
        db.query,
        places.map(([place]) => place),
        most.perTag,
      ),
    ])
    return [
      {
        weight: weights.tags,
        posts: byScore(tagged.flat(), ({ post_id, count }) => count * fresh(post_id, now)),
      },
      {
        weight: weights.places,
        posts: placed.map(({ post_id, place }) => ({
          post_id,
          reason: { kind: 'place', text: names.get(place) ?? place },
        })),
      },
    ]
  }

  /** What is the same for all: where most happens for its author's measure, and what is newest. */
  async #everybodys(now: number): Promise<Source[]> {
    const { posts } = this.#deps
    const [hot, newest] = await Promise.all([
      this.#shared.through('hot', () => this.#hot(now)),
      this.#shared.through('newest', () =>
        posts.recentPosts(EVER_DAYS, { before: undefined, limit: most.newest }),
      ),
    ])
    const as = (refs: readonly Ref[], kind: 'trending' | 'new') =>
      refs.map((ref): Candidate => ({ ...ref, reason: { kind } }))
    return [
      { weight: weights.trending, candidates: as(hot, 'trending') },
      { weight: weights.newest, candidates: as(newest, 'new') },
    ]
  }

  async #hot(now: number): Promise<Ref[]> {
    const { db, posts } = this.#deps
    const hottest = await store.hottestPosts(db.query, most.hot)
    const authors = await posts.authorOf(hottest.map((post) => post.post_id))
    const usual = await store.authorHeats(db.query, [...new Set(authors.values())])
    const trends = hottest.flatMap(({ post_id, fast }) => {
      const author_id = authors.get(post_id)
      if (author_id === undefined) return []
      const slow = usual.get(author_id)
      const usually = slow === undefined ? 0 : deedsNow(slow, now, SLOW)
      return { post_id, author_id, by: trend(deedsNow(fast, now, FAST), usually) }
    })
    return byScore(
      trends.filter(({ by }) => by > 0),
      ({ by }) => by,
    ).map(({ post_id, author_id }) => ({ post_id, author_id }))
  }
}

/** As far back as posts may lie. Days. */
export const EVER_DAYS = 36_500

/** Each word once, with how often it stands there; most frequent first. */
function frequent(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}
