import type { PostId, UserId } from '@tintype/contract'
import { type Cache, type DerivedEntries, type Marks, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idTime } from '../../kit/ids.ts'
import { Remembered, type Since } from '../../kit/remembered.ts'
import { postCounters } from './counter-store.ts'
import * as store from './post-stats-store.ts'

export interface ViewerState {
  liked: boolean
  saved: boolean
}
export interface Counters {
  likes_count: number
  comments_count: number
}

/** In the order of the posts asked. */
export interface PostStatsPage {
  counters: Counters[]
  /** Absent for a visitor. */
  states: ViewerState[] | undefined
}

/** Seconds. Counting forgets what it changed; these only bound what is held. */
const TTL = 900
/**
 * Seconds after a change in which its member's counters are read with what they did counted at once. Later the consumer
 * has counted it, unless events are further behind than this, and then the member sees the count of everybody else.
 */
const JUST_ACTED = 60
/** Posts whose state is remembered for one viewer between two of their changes: four ranked windows. */
const REMEMBERED = 400

/** Milliseconds by which the clocks of processes may differ. */
const SKEW = 5000
/** Was it made when the viewer had already done the last they did? Then they neither like nor saved it: so nobody asks for the state of the newest posts. */
const isLater = (id: PostId, { at }: Since): boolean => idTime(id) > at + SKEW

const nothing: ViewerState = Object.freeze({ liked: false, saved: false })
const none: Counters = Object.freeze({ likes_count: 0, comments_count: 0 })

/** Counters and the viewer's own likes and saves, cached; both are on every post that is shown. */
export class PostStats {
  readonly #db: Db
  readonly #counters: DerivedEntries<PostId, Counters>
  /** Members who did something a moment ago. */
  readonly #actors: Marks<UserId>
  /** Of viewers' posts; every change of theirs makes it forget, in all processes. */
  readonly #states: Remembered<UserId, PostId, ViewerState>

  constructor({ db, cache, clock }: { db: Db; cache: Cache; clock: Clock }) {
    this.#db = db
    this.#counters = cache.derived('counters', { ttl: TTL })
    this.#actors = cache.marks('acted', {
      ttl: JUST_ACTED,
      by: [
        on(['post.liked', 'post.unliked', 'comment.created'], (e) => [e.user_id]),
        // By either.
        on(['comment.deleted'], (e) => [e.user_id, e.author_id]),
      ],
    })
    // Each stands for a time in which a member did nothing.
    const since = cache.entries<UserId, Since>('viewer-changes', {
      ttl: TTL,
      forgets: [on(['post.liked', 'post.unliked', 'post.saved', 'post.unsaved'], (e) => [e.user_id])],
    })
    this.#states = new Remembered({ since, clock, most: REMEMBERED })
  }

  /** All that a page of posts shows of these. */
  async of(viewerId: UserId | null, postIds: readonly PostId[]): Promise<PostStatsPage> {
    const [counters, states] = await Promise.all([
      this.counters(postIds, viewerId),
      viewerId === null ? undefined : this.#statesOf(viewerId, postIds),
    ])
    return { counters, states }
  }

  /** In the order asked. What `viewerId` did is in it at once, what others did a moment later. */
  async counters(postIds: readonly PostId[], viewerId: UserId | null = null): Promise<Counters[]> {
    const justActed = viewerId !== null && (await this.#actors.has(viewerId))
    if (justActed) {
      const counted = await postCounters.read(this.#db.query, postIds, viewerId)
      return postIds.map((id) => counted.get(id) ?? none)
    }
    const found = await this.#counters.throughMany(postIds, (missing) => this.#readCounted(missing))
    return found.map((counted) => counted ?? none)
  }

  async #readCounted(ids: readonly PostId[]): Promise<Map<PostId, Counters>> {
    const counted: Map<PostId, Counters> = await postCounters.read(this.#db.query, ids, null)
    // Posts without a row have never been liked nor commented on.
    for (const id of ids) if (!counted.has(id)) counted.set(id, none)
    return counted
  }

  #statesOf(viewerId: UserId, postIds: readonly PostId[]): Promise<ViewerState[]> {
    return this.#states.of(viewerId, postIds, {
      presume: (id, since) => (isLater(id, since) ? nothing : undefined),
      read: async (unknown) => {
        const changes = await store.readViewerState(this.#db.query, viewerId, unknown)
        const [liked, saved] = [new Set(changes.liked), new Set(changes.saved)]
        return (id) =>
          liked.has(id) || saved.has(id) ? { liked: liked.has(id), saved: saved.has(id) } : nothing
      },
    })
  }

  /** After the counters of these posts were changed and that is committed. */
  async counted(postIds: readonly PostId[]): Promise<void> {
    await this.#counters.del(postIds)
  }
}
