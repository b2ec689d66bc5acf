import type { PostId, UserId } from '@tintype/contract'
import type { Entries } from '../../engines/cache/port.ts'
import type { ReelRef } from '../reels/api.ts'
import type { Candidate, Source } from './blend.ts'
import { newestDeeds } from './candidate-store.ts'
import type { Candidates } from './candidates.ts'
import type { ExploreDeps } from './deps.ts'
import { byScore, fresh } from './scores.ts'
import { DEEDS } from './tastes.ts'
import type { Shelf } from './windows.ts'

type Deps = ExploreDeps & { candidates: Pick<Candidates, 'of'> }

/** How many of each are looked at, at most. */
const most = { best: 150, newest: 100, friends: 60, perFriend: 3 } as const
/** How much a source's word counts beside those of explore, which are asked for the reels among their posts. */
const weights = { watched: 2, followed: 1.4, newest: 0.8 } as const
/** Seconds for which what is the same for everybody stays. */
const SHARED_TTL = 30

/**
 * Reels to be watched one after the other: those that are seen to their ends, those of members one follows by how much one cares for
 * them, the newest, and those that explore would choose.
 */
export class ReelShelf implements Shelf {
  readonly kind = 'reels'
  readonly withFollowed = true
  /** Less than in explore, as one sees them one by one. */
  readonly chance = 0.06
  readonly #deps: Deps
  readonly #shared: Entries<'best' | 'newest', ReelRef[]>

  constructor(deps: Deps) {
    this.#deps = deps
    this.#shared = deps.cache.entries('reels', { ttl: SHARED_TTL })
  }

  async of(viewerId: UserId, disliked: readonly PostId[]): Promise<Source[]> {
    const { candidates, reels } = this.#deps
    const [explored, watched, followed, newest] = await Promise.all([
      candidates.of(viewerId, disliked).then((sources) => this.#reelsOf(sources)),
      this.#shared.through('best', () => this.#best()),
      this.#followed(viewerId),
      this.#shared.through('newest', () => reels.recent({ before: undefined, limit: most.newest })),
    ])
    return [
      { weight: weights.watched, candidates: watched.map(named) },
      { weight: weights.followed, candidates: followed.map(named) },
      { weight: weights.newest, candidates: newest.map(named) },
      ...explored,
    ]
  }

  newest(page: { before: PostId | undefined; limit: number }): Promise<ReelRef[]> {
    return this.#deps.reels.recent(page)
  }

  async known(viewerId: UserId): Promise<PostId[]> {
    const { db, reels } = this.#deps
    const [watched, engaged] = await Promise.all([
      reels.watchedBy(viewerId),
      newestDeeds(db.query, viewerId, DEEDS),
    ])
    return [...watched, ...engaged]
  }

  async #best(): Promise<ReelRef[]> {
    const { reels, posts } = this.#deps
    const ids = await reels.best(most.best)
    const authors = await posts.authorOf(ids)
    return ids.flatMap((post_id): ReelRef[] => {
      const author_id = authors.get(post_id)
      return author_id === undefined ? [] : [{ post_id, author_id }]
    })
  }

  /** By how often one liked, commented on or saved what their authors posted, and by age. */
  async #followed(viewerId: UserId): Promise<ReelRef[]> {
    const { clock, db, graph, posts, reels } = this.#deps
    const [following, deeds] = await Promise.all([
      graph.following(viewerId),
      newestDeeds(db.query, viewerId, DEEDS),
    ])
    const liked = new Map<UserId, number>()
    for (const author of (await posts.authorOf(deeds)).values())
      liked.set(author, (liked.get(author) ?? 0) + 1)
    const care = (author: UserId) => 1 + (liked.get(author) ?? 0)
    const closest = [...following]
      .reverse()
      .sort((a, b) => care(b) - care(a))
      .slice(0, most.friends)
    const made = await reels.ofAuthors(closest, most.perFriend)
    const now = clock.now()
    return byScore(made, ({ post_id, author_id }) => care(author_id) * fresh(post_id, now))
  }

  async #reelsOf(sources: readonly Source[]): Promise<Source[]> {
    const ids = new Set(sources.flatMap(({ candidates }) => candidates.map((each) => each.post_id)))
    const records = await this.#deps.posts.records([...ids])
    const isReel = ({ post_id }: Candidate) => Boolean(records.get(post_id)?.reel)
    return sources.map(({ weight, candidates }) => ({ weight, candidates: candidates.filter(isReel) }))
  }
}

/** Why a reel is there is not told. */
const named = (reel: ReelRef): Candidate => ({ ...reel, reason: { kind: 'new' } })
