import type { PostId, UserId } from '@tintype/contract'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { readCounters } from './counter-store.ts'
import * as store from './tally-store.ts'

export interface ViewerState {
  liked: boolean
  saved: boolean
}
export interface Counters {
  likes_count: number
  comments_count: number
}

export interface PageTallies {
  counters: Map<PostId, Counters>
  states: Map<PostId, ViewerState> | undefined
}

/** Seconds. Counting forgets what it changed; these only bound what is held. */
const TTL = 900
/**
 * Seconds after a deed in which its member's counters are read with what they did counted at once. Later the consumer
 * has counted it, unless events are further behind than this, and then the member sees the count of everybody else.
 */
const JUST_ACTED = 60
/** Posts whose state is remembered for one viewer between two of their deeds: four ranked windows. */
const REMEMBERED = 400

const countersKey = (id: PostId) => `counters:${id}`
const deedsKey = (id: UserId) => `deeds:${id}`
const actedKey = (id: UserId) => `acted:${id}`
const nothing: ViewerState = Object.freeze({ liked: false, saved: false })
const none: Counters = Object.freeze({ likes_count: 0, comments_count: 0 })

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

  /**
   * All that a page of posts shows of these. Every post asked gets an answer; `states` is absent for a visitor. One statement
   * for what is not known of both.
   */
  async of(viewerId: UserId | null, postIds: readonly PostId[]): Promise<PageTallies> {
    if (viewerId === null) return { counters: await this.counters(postIds), states: undefined }
    const known = await this.#known(viewerId)
    // Copied before anything is waited for: another request may empty what is remembered meanwhile.
    const states = new Map(postIds.map((id) => [id, known.get(id) ?? nothing]))
    const unknown = postIds.filter((id) => !known.has(id))
    const learn = async (counted: readonly PostId[]) => {
      const { counters, deeds } = await readTallies(this.#db.query, counted, viewerId, unknown)
      if (known.size > REMEMBERED) known.clear()
      for (const [id, state] of deeds) states.set(id, state)
      for (const id of unknown) known.set(id, states.get(id) ?? nothing)
      unknown.length = 0
      return counters
    }
    const counters = await this.#counters(postIds, viewerId, learn)
    if (unknown.length > 0) await learn([])
    return { counters, states }
  }

  /** Every post asked gets an answer. What `viewerId` did is in it at once, what others did a moment later. */
  counters(postIds: readonly PostId[], viewerId: UserId | null = null): Promise<Map<PostId, Counters>> {
    return this.#counters(
      postIds,
      viewerId,
      async (ids) => (await readTallies(this.#db.query, ids, null, [])).counters,
    )
  }

  async #counters(
    postIds: readonly PostId[],
    viewerId: UserId | null,
    load: (ids: readonly PostId[]) => Promise<Map<PostId, Counters>>,
  ): Promise<Map<PostId, Counters>> {
    const justActed = viewerId !== null && (await this.#cache.get(actedKey(viewerId))) !== undefined
    if (justActed) return filled(postIds, await readCounters(this.#db.query, postIds, viewerId))
    const keys = postIds.map(countersKey)
    const found = await this.#cache.throughMany<Counters>(keys, { ttl: TTL }, async (missing) => {
      const ids = missing.map((key) => key.slice('counters:'.length) as PostId)
      return new Map([...(await load(ids))].map(([id, counted]) => [countersKey(id), counted]))
    })
    return new Map(postIds.map((id, index) => [id, found.get(keys[index] ?? '') ?? none]))
  }

  async #known(viewerId: UserId): Promise<Map<PostId, ViewerState>> {
    const sinceDeed = await this.#cache.through(deedsKey(viewerId), { ttl: TTL }, async () => ({}))
    const known = this.#states.get(sinceDeed) ?? new Map<PostId, ViewerState>()
    this.#states.set(sinceDeed, known)
    return known
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
}

async function readTallies(
  db: Db['query'],
  counted: readonly PostId[],
  viewerId: UserId | null,
  unknown: readonly PostId[],
): Promise<{ counters: Map<PostId, Counters>; deeds: Map<PostId, ViewerState> }> {
  const rows = await store.readTallies(db, counted, viewerId, unknown)
  const deeds = new Map<PostId, ViewerState>()
  for (const { post_id, kind } of rows) {
    if (kind !== 'counters') deeds.set(post_id, { ...(deeds.get(post_id) ?? nothing), [kind]: true })
  }
  const counters = rows.filter((row) => row.kind === 'counters')
  return { counters: filled(counted, counters), deeds }
}

/** Posts without a row have never been liked nor commented on. */
function filled(
  postIds: readonly PostId[],
  rows: readonly (Counters & { post_id: PostId })[],
): Map<PostId, Counters> {
  const counters = new Map(postIds.map((id) => [id, none]))
  for (const { post_id, likes_count, comments_count } of rows)
    counters.set(post_id, { likes_count, comments_count })
  return counters
}
