import type { PostId, UserId } from '@tintype/contract'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { readCounters } from './counter-store.ts'
import * as saves from './save-store.ts'

export interface ViewerState {
  liked: boolean
  saved: boolean
}
export interface Counters {
  likes_count: number
  comments_count: number
}

/** Seconds. Counting forgets what it changed; these only bound what is held. */
const TTL = 900
/**
 * Seconds after a deed in which its member's counters are read with what they did counted at once. Later the consumer
 * has counted it, unless events are further behind than this, and then the member sees the count of everybody else.
 */
const JUST_ACTED = 60
/** Posts whose state is remembered for one viewer between two of their deeds: ten pages. */
const REMEMBERED = 200

const countersKey = (id: PostId) => `counters:${id}`
const deedsKey = (id: UserId) => `deeds:${id}`
const actedKey = (id: UserId) => `acted:${id}`
const nothing: ViewerState = Object.freeze({ liked: false, saved: false })

/** Counters and the viewer's own likes and saves, cached; both are on every post that is shown. */
export class Tallies {
  readonly #db: Db
  readonly #cache: Cache
  /**
   * What is known of a viewer's posts, absence included, hangs on an object that the cache keeps for them and that every
   * deed of theirs makes it forget, in all processes: what was read before a deed cannot outlive it.
   */
  readonly #states = new WeakMap<object, Map<PostId, ViewerState>>()

  constructor({ db, cache }: { db: Db; cache: Cache }) {
    this.#db = db
    this.#cache = cache
  }

  /** Every post asked gets an answer. */
  async viewerState(viewerId: UserId, postIds: readonly PostId[]): Promise<Map<PostId, ViewerState>> {
    const sinceDeed = await this.#cache.through(deedsKey(viewerId), { ttl: TTL }, async () => ({}))
    const known = this.#states.get(sinceDeed) ?? new Map<PostId, ViewerState>()
    this.#states.set(sinceDeed, known)
    // Copied before anything is waited for: another request may empty what is remembered meanwhile.
    const answer = new Map(postIds.map((id) => [id, known.get(id) ?? nothing]))
    const missing = postIds.filter((id) => !known.has(id))
    if (missing.length === 0) return answer
    for (const { post_id, saved } of await saves.viewerState(this.#db.query, viewerId, missing)) {
      const state = answer.get(post_id) ?? nothing
      answer.set(post_id, saved ? { ...state, saved: true } : { ...state, liked: true })
    }
    if (known.size > REMEMBERED) known.clear()
    for (const id of missing) known.set(id, answer.get(id) ?? nothing)
    return answer
  }

  /** Every post asked gets an answer. What `viewerId` did is in it at once, what others did a moment later. */
  async counters(postIds: readonly PostId[], viewerId: UserId | null = null): Promise<Map<PostId, Counters>> {
    const justActed = viewerId !== null && (await this.#cache.get(actedKey(viewerId))) !== undefined
    if (justActed) return this.#read(postIds, viewerId)
    const keys = postIds.map(countersKey)
    const found = await this.#cache.throughMany<Counters>(keys, { ttl: TTL }, async (missing) => {
      const ids = missing.map((key) => key.slice('counters:'.length) as PostId)
      return new Map([...(await this.#read(ids, null))].map(([id, counted]) => [countersKey(id), counted]))
    })
    return new Map(postIds.map((id, index) => [id, found.get(keys[index] ?? '') as Counters]))
  }

  /** After a deed is committed. */
  async acted(userId: UserId): Promise<void> {
    await this.#cache.set(actedKey(userId), 1, { ttl: JUST_ACTED })
    await this.#cache.del([deedsKey(userId)])
  }

  /** For a process that died between a commit and its `acted`. */
  async forgetDeeds(userIds: readonly UserId[]): Promise<void> {
    await this.#cache.del([...new Set(userIds)].map(deedsKey))
  }

  /** After the counters of these posts were changed and that is committed. */
  async counted(postIds: readonly PostId[]): Promise<void> {
    await this.#cache.del(postIds.map(countersKey))
  }

  async #read(postIds: readonly PostId[], viewerId: UserId | null): Promise<Map<PostId, Counters>> {
    const counters = new Map<PostId, Counters>(
      postIds.map((id) => [id, { likes_count: 0, comments_count: 0 }]),
    )
    for (const { post_id, ...counted } of await readCounters(this.#db.query, postIds, viewerId)) {
      counters.set(post_id, counted)
    }
    return counters
  }
}
