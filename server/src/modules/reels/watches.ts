import type { PostId, UserId, Watch } from '@tintype/contract'
import { chanceOf } from '../../kit/chance.ts'
import { weightAt } from '../../kit/forward-decay.ts'
import type { ReelDeps } from './deps.ts'
import * as store from './watch-store.ts'

const DAY = 86_400_000
/** What was watched so long ago counts half. */
const HALF_LIFE = 14 * DAY
/** For so long it is known that a member's viewing was counted. */
const REMEMBERED = 30 * DAY
/** Beyond so many plays one viewer in `SHARE` is counted, for so many. */
const MANY = 1000
const SHARE = 8
const CHUNK = 500
/** With so few viewers a reel is half what reels usually are. */
const SHRINK = 4
const USUAL = 0.5
/** What somebody sees again, up to twice, and with its sound on, is worth more than that they saw it. */
const PER_REPLAY = 0.25
const HEARD = 0.1

/**
 * How reels are watched, as sums. A member counts once for each reel, by the best of what they told: told twice it changes nothing, and
 * nobody's zeal outweighs everybody else's. Who watched what is kept for a month, for this alone, and never shown.
 */
export class Watches {
  readonly #deps: Pick<ReelDeps, 'db' | 'clock' | 'posts'>

  constructor(deps: Pick<ReelDeps, 'db' | 'clock' | 'posts'>) {
    this.#deps = deps
  }

  /** What the viewer may not see, what is no reel and what is their own is passed over. */
  async note(viewerId: UserId, watches: readonly Watch[]): Promise<void> {
    const { db, clock, posts } = this.#deps
    const best = bestOf(watches)
    const visible = await posts.visible(viewerId, [...best.keys()])
    const ids = [...best.keys()].filter((id) => {
      const post = visible.get(id)
      return post?.reel && post.status === 'published' && post.author_id !== viewerId
    })
    const plays = await this.plays(ids)
    const shareOf = (id: PostId) => ((plays.get(id) ?? 0) < MANY ? 1 : SHARE)
    const sampled = ids.filter((id) => chanceOf(viewerId, id) * shareOf(id) < 1)
    if (sampled.length === 0) return
    const now = clock.now()
    await db.tx(async (tx) => {
      await store.lockWatches(tx, viewerId)
      const known = new Map(
        (await store.readWatches(tx, viewerId, sampled)).map((one) => [one.post_id, one.worth]),
      )
      const better = sampled
        .map((post_id) => ({ post_id, worth: best.get(post_id) ?? 0 }))
        .filter(({ post_id, worth }) => !known.has(post_id) || worth > (known.get(post_id) ?? 0) + 1e-3)
      if (better.length === 0) return
      await store.writeWatches(tx, viewerId, better, new Date(now))
      const weight = weightAt(now, HALF_LIFE)
      const added = better.map(({ post_id, worth }) => {
        const [share, before] = [shareOf(post_id), known.get(post_id)]
        const isNew = before === undefined ? share : 0
        return {
          post_id,
          plays: isNew,
          viewers: isNew * weight,
          worth: share * weight * (worth - (before ?? 0)),
        }
      })
      await store.addToStats(tx, added)
    })
  }

  async plays(ids: readonly PostId[]): Promise<Map<PostId, number>> {
    const stats = ids.length === 0 ? [] : await store.readStats(this.#deps.db.query, ids)
    return new Map(stats.map(({ post_id, plays }) => [post_id, plays]))
  }

  /** Reels that much was seen of lately, those that most is seen of by whoever begins them first. */
  async best(limit: number): Promise<PostId[]> {
    const weight = weightAt(this.#deps.clock.now(), HALF_LIFE)
    const stats = await store.mostSeen(this.#deps.db.query, limit)
    return stats
      .map(({ post_id, viewers, worth }) => ({ post_id, by: quality(viewers / weight, worth / weight) }))
      .filter(({ by }) => by > USUAL)
      .sort((a, b) => b.by - a.by)
      .map(({ post_id }) => post_id)
  }

  /** What a member watched lately, newest first. */
  by(viewerId: UserId): Promise<PostId[]> {
    return store.watchedBy(this.#deps.db.query, viewerId)
  }

  async forget(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#deps
    const before = new Date(clock.now() - REMEMBERED)
    while (!signal.aborted && (await store.forgetWatches(db.query, before, CHUNK)));
  }

  erase(member: UserId): Promise<void> {
    return store.eraseWatches(this.#deps.db.query, member)
  }
}

/** How much of it a viewer sees on average, shrunk where it rests on few. */
const quality = (viewers: number, worth: number): number => (worth + USUAL * SHRINK) / (viewers + SHRINK)

/** 0: not looked at; 1: seen to its end; up to 1.6. */
function worthOf({ watched_ms, length_ms, completed, replays, sound_on }: Watch): number {
  const seen = completed ? 1 : Math.min(1, watched_ms / length_ms)
  return seen * (1 + PER_REPLAY * Math.min(2, replays) + (sound_on ? HEARD : 0))
}

function bestOf(watches: readonly Watch[]): Map<PostId, number> {
  const best = new Map<PostId, number>()
  for (const watch of watches) best.set(watch.post_id, Math.max(best.get(watch.post_id) ?? 0, worthOf(watch)))
  return best
}
