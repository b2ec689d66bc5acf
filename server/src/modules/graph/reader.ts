import type { Relationship, UserId, UserListEntry, UserSummary } from '@tintype/contract'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { type Circle, Circles } from './circles.ts'
import { readCounts } from './count-store.ts'
import { type Standing, standingOf } from './policy.ts'
import * as store from './store.ts'

type Ids = readonly UserId[]
export interface FollowCounts {
  followers_count: number
  following_count: number
}

export interface ReaderDeps {
  db: Db
  cache: Cache
  users: {
    summaries(ids: Ids): Promise<Map<UserId, UserSummary>>
    privacyFlags(ids: Ids): Promise<Map<UserId, { is_private: boolean }>>
  }
}

/** Who stands how to whom. Every reader takes many ids and makes one round trip. */
export class GraphReader {
  readonly #db: Db
  readonly #users: ReaderDeps['users']
  readonly circles: Circles

  constructor({ db, cache, users }: ReaderDeps) {
    this.#db = db
    this.#users = users
    this.circles = new Circles({ db, cache })
  }

  /** What a viewer (null: a visitor) may see of members; every id asked gets an answer, oneself is always `full`. */
  async standing(viewerId: UserId | null, ids: Ids): Promise<Map<UserId, Standing>> {
    const [flags, circle] = await Promise.all([
      this.#users.privacyFlags(ids),
      viewerId === null || ids.every((id) => id === viewerId) ? undefined : this.circles.of(viewerId),
    ])
    return new Map(
      ids.map((id) => [id, id === viewerId ? 'full' : standingOf(viewerId, circle, id, flags.get(id))]),
    )
  }

  /** Every id asked gets an answer; all false for oneself. */
  async relationships(viewerId: UserId, ids: Ids): Promise<Map<UserId, Relationship>> {
    const ties = await store.tiesBetween(this.#db.query, viewerId, ids)
    return new Map(ids.map((id) => [id, relationshipOf(ties.get(id))]))
  }

  /** Blocked by the viewer without blocking them in turn: whom they may see in order to take it back. */
  async blocksAlone(viewerId: UserId, id: UserId): Promise<boolean> {
    const { blocking, blockedBy } = await this.circles.of(viewerId)
    return blocking.has(id) && !blockedBy.has(id)
  }

  /**
   * The relationships of many members (`from`) to others (`to`), in one round trip. Absent: those to oneself, to who is gone,
   * and where one blocks the other.
   */
  async relationshipsOf(pairs: readonly store.Pair[]): Promise<Map<UserId, Map<UserId, Relationship>>> {
    const others = [...new Set(pairs.map(({ to }) => to))]
    const [standing, found] = await Promise.all([
      this.#users.privacyFlags(others),
      pairs.length === 0 ? [] : store.tiesOfPairs(this.#db.query, pairs),
    ])
    const ties = new Map<string, Set<store.Tie>>()
    for (const { from, to, tie } of found) {
      const known = ties.get(`${from} ${to}`)
      if (known) known.add(tie)
      else ties.set(`${from} ${to}`, new Set([tie]))
    }
    const all = new Map<UserId, Map<UserId, Relationship>>()
    for (const { from, to } of pairs) {
      const tie = ties.get(`${from} ${to}`)
      if (from === to || !standing.has(to) || tie?.has('blocking') || tie?.has('blocked_by')) continue
      const theirs = all.get(from) ?? new Map<UserId, Relationship>()
      all.set(from, theirs.set(to, relationshipOf(tie)))
    }
    return all
  }

  /** The ties that decide what a member sees. */
  circle(userId: UserId): Promise<Circle> {
    return this.circles.of(userId)
  }

  async followingAmong(viewerId: UserId, ids: Ids): Promise<Set<UserId>> {
    const { following } = await this.circles.of(viewerId)
    return new Set(ids.filter((id) => following.has(id)))
  }

  /** All whom they follow, in no order. */
  async following(userId: UserId): Promise<UserId[]> {
    return [...(await this.circles.of(userId)).following]
  }

  /** By ascending id, those above `after`: for walking all of them in chunks. */
  async followersAfter(userId: UserId, after: UserId | null, limit: number): Promise<UserId[]> {
    return store.followersAfter(this.#db.query, userId, after, limit)
  }

  async muted(userId: UserId): Promise<ReadonlySet<UserId>> {
    return (await this.circles.of(userId)).muted
  }

  async mutersAmong(mutedId: UserId, ids: Ids): Promise<UserId[]> {
    return store.mutersAmong(this.#db.query, mutedId, ids)
  }

  /** Follow requests that wait for a member's answer. */
  async requestCount(userId: UserId): Promise<number> {
    return store.countRequests(this.#db.query, userId)
  }

  /** Every id asked gets an answer. What `viewerId` did is in it at once, what others did a moment later. */
  async followerCounts(ids: Ids, viewerId: UserId | null = null): Promise<Map<UserId, FollowCounts>> {
    const counts = new Map<UserId, FollowCounts>(
      ids.map((id) => [id, { followers_count: 0, following_count: 0 }]),
    )
    for (const { user_id, ...count } of await readCounts(this.#db.query, ids, viewerId))
      counts.set(user_id, count)
    return counts
  }

  /**
   * Members as entries of a list. Absent: those deleted and, unless `blocked` is set, those blocked either way.
   */
  async listEntries(
    viewerId: UserId | null,
    ids: Ids,
    options: { blocked?: boolean } = {},
  ): Promise<Map<UserId, UserListEntry>> {
    const [summaries, ties] = await Promise.all([
      this.#users.summaries(ids),
      viewerId === null ? undefined : store.tiesBetween(this.#db.query, viewerId, ids),
    ])
    const entries = new Map<UserId, UserListEntry>()
    for (const [id, summary] of summaries) {
      const tie = ties?.get(id)
      if (!options.blocked && (tie?.has('blocking') || tie?.has('blocked_by'))) continue
      const viewer = viewerId === null || viewerId === id ? null : relationshipOf(tie)
      entries.set(id, { ...summary, viewer })
    }
    return entries
  }
}

export const relationshipOf = (ties: ReadonlySet<store.Tie> | undefined): Relationship => ({
  following: ties?.has('following') ?? false,
  requested: ties?.has('requested') ?? false,
  followed_by: ties?.has('followed_by') ?? false,
  requested_by: ties?.has('requested_by') ?? false,
  blocking: ties?.has('blocking') ?? false,
  muting: ties?.has('muting') ?? false,
})
