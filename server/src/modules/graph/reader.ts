import type { Relationship, UserId, UserListEntry, UserSummary } from '@tintype/contract'
import {
  comesUp,
  type Judge,
  judgeOf,
  profileVisibility,
  strangerOf,
  type Viewer,
  type Visibility,
  visibility,
} from '../../access/visibility.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Members } from '../members/api.ts'
import { followCounters } from './count-store.ts'
import { heldBackAmong, limitersAmong } from './limit-store.ts'
import { type Relations, RelationsCache } from './relations.ts'
import * as store from './store.ts'

type Ids = readonly UserId[]
export interface FollowCounts {
  followers_count: number
  following_count: number
}

export interface ReaderDeps {
  db: Db
  cache: Cache
  clock: Clock
  people: { summaries(ids: Ids): Promise<Map<UserId, UserSummary>> }
  members: Pick<Members, 'privacyFlags'>
}

/** Who stands how to whom. Every reader takes many ids and makes one round trip. */
export class GraphReader {
  readonly #db: Db
  readonly #clock: Clock
  readonly #members: ReaderDeps['members']
  readonly #people: ReaderDeps['people']
  readonly #relations: RelationsCache

  constructor({ db, cache, clock, members, people }: ReaderDeps) {
    this.#db = db
    this.#clock = clock
    this.#members = members
    this.#people = people
    this.#relations = new RelationsCache({ db, cache })
  }

  /** What a viewer (null: a visitor) may see of these members and of what they made. */
  async judge(viewerId: UserId | null, authorIds: Ids): Promise<Judge> {
    const [accounts, viewer] = await this.#sides(viewerId, authorIds)
    return judgeOf(viewer, accounts)
  }

  /** What they may see of a member's profile, asked for by name. */
  async profileVisibility(viewerId: UserId | null, id: UserId): Promise<Visibility> {
    const [accounts, viewer] = await this.#sides(viewerId, [id])
    return profileVisibility(viewer, accounts.get(id))
  }

  #sides(viewerId: UserId | null, ids: Ids) {
    const isAlone = viewerId === null || ids.every((id) => id === viewerId)
    return Promise.all([
      this.#members.privacyFlags(ids),
      isAlone ? strangerOf(viewerId) : this.#relations.of(viewerId),
    ])
  }

  /** Every id asked gets an answer; all false for oneself. */
  async relationships(viewerId: UserId, ids: Ids): Promise<Map<UserId, Relationship>> {
    const ties = await store.tiesBetween(this.#db.query, viewerId, ids)
    return new Map(ids.map((id) => [id, relationshipOf(ties.get(id))]))
  }

  /**
   * The relationships of many members (`from`) to others (`to`), in one round trip. Absent: those to oneself, to who is gone,
   * where one blocks the other, and to whom moderators silenced where they are not followed.
   */
  async relationshipsOf(pairs: readonly store.Pair[]): Promise<Map<UserId, Map<UserId, Relationship>>> {
    const others = [...new Set(pairs.map(({ to }) => to))]
    const [accounts, found] = await Promise.all([
      this.#members.privacyFlags(others),
      pairs.length === 0 ? [] : store.tiesOfPairs(this.#db.query, pairs),
    ])
    const ties = new Map<UserId, Ties>()
    for (const { from, to, tie } of found) {
      const theirs = ties.get(from) ?? new Map<UserId, Set<store.Tie>>()
      ties.set(from, theirs.set(to, (theirs.get(to) ?? new Set()).add(tie)))
    }
    const all = new Map<UserId, Map<UserId, Relationship>>()
    for (const { from, to } of pairs) {
      const theirs = ties.get(from)
      if (from === to || !comesUp(viewerOf(from, theirs), accounts.get(to))) continue
      const seen = all.get(from) ?? new Map<UserId, Relationship>()
      all.set(from, seen.set(to, relationshipOf(theirs?.get(to))))
    }
    return all
  }

  /** The ties that decide what a member sees. */
  relations(userId: UserId): Promise<Relations> {
    return this.#relations.of(userId)
  }

  async followingAmong(viewerId: UserId, ids: Ids): Promise<Set<UserId>> {
    const { following } = await this.#relations.of(viewerId)
    return new Set(ids.filter((id) => following.has(id)))
  }

  /** All whom they follow, in no order. */
  async following(userId: UserId): Promise<UserId[]> {
    return [...(await this.#relations.of(userId)).following]
  }

  /** By ascending id, those above `after`: for walking all of them in chunks. */
  async followersAfter(userId: UserId, after: UserId | null, limit: number): Promise<UserId[]> {
    return store.followersAfter(this.#db.query, userId, after, limit)
  }

  async muted(userId: UserId): Promise<ReadonlySet<UserId>> {
    return (await this.#relations.of(userId)).muted
  }

  /** Whether a member has what another does kept from themself and others: `heldBack` of the two, which mostly takes no query. */
  async holdsBack(userId: UserId, otherId: UserId): Promise<boolean> {
    const { restricted, limitingUntil } = await this.#relations.of(userId)
    if (restricted.has(otherId) || limitingUntil <= this.#clock.now()) return restricted.has(otherId)
    return (await this.heldBack([{ from: userId, to: otherId }])).length > 0
  }

  /** The pairs of which `from` has what `to` does kept back: they restrict them, or limit accounts like theirs for now. */
  async heldBack(pairs: readonly store.Pair[]): Promise<store.Pair[]> {
    return pairs.length === 0 ? [] : heldBackAmong(this.#db.query, pairs, this.#now())
  }

  /** Which of these members limit accounts that they hardly know, for now. */
  async limitersAmong(ids: Ids): Promise<Set<UserId>> {
    return new Set(await limitersAmong(this.#db.query, ids, this.#now()))
  }

  #now(): Date {
    return new Date(this.#clock.now())
  }

  /** Whether a member lets another know nothing of what they read, and of their being here. */
  async restricts(userId: UserId, otherId: UserId): Promise<boolean> {
    return (await this.#relations.of(userId)).restricted.has(otherId)
  }

  /** Who restricts a member, who is never told. */
  async restrictersOf(userId: UserId): Promise<ReadonlySet<UserId>> {
    return (await this.#relations.of(userId)).restrictedBy
  }

  /** Which of `ids` follow a member. */
  followersAmong(followeeId: UserId, ids: Ids): Promise<UserId[]> {
    return store.followersAmong(this.#db.query, followeeId, ids)
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
    const counted = await followCounters.read(this.#db.query, ids, viewerId)
    return new Map(ids.map((id) => [id, counted.get(id) ?? { followers_count: 0, following_count: 0 }]))
  }

  /** By how many they are followed, with what is not counted yet. Every id asked gets an answer. */
  async followersOf(ids: Ids): Promise<Map<UserId, number>> {
    const counted = await followCounters.read(this.#db.query, ids, 'anybody')
    return new Map(ids.map((id) => [id, counted.get(id)?.followers_count ?? 0]))
  }

  /**
   * Members as entries of a list. Absent: those deleted and, unless `blocked` is set, those blocked either way; with `comingUp` those
   * too who come up for nobody that does not follow them.
   */
  async listEntries(
    viewerId: UserId | null,
    ids: Ids,
    options: { blocked?: boolean; comingUp?: boolean } = {},
  ): Promise<Map<UserId, UserListEntry>> {
    const [summaries, ties, accounts] = await Promise.all([
      this.#people.summaries(ids),
      viewerId === null ? undefined : store.tiesBetween(this.#db.query, viewerId, ids),
      options.comingUp ? this.#members.privacyFlags(ids) : undefined,
    ])
    const viewer = viewerOf(viewerId, ties)
    const entries = new Map<UserId, UserListEntry>()
    for (const [id, summary] of summaries) {
      if (!options.blocked && visibility(viewer, summary) === 'hidden') continue
      if (accounts && !comesUp(viewer, accounts.get(id))) continue
      const relationship = viewerId === null || viewerId === id ? null : relationshipOf(ties?.get(id))
      entries.set(id, { ...summary, viewer: relationship })
    }
    return entries
  }
}

type Ties = Map<UserId, Set<store.Tie>>

/** A viewer by what the tables say right now. */
export function viewerOf(
  user_id: UserId | null,
  ties: ReadonlyMap<UserId, ReadonlySet<store.Tie>> | undefined,
): Viewer {
  const those = (tie: store.Tie) => ({ has: (id: UserId) => ties?.get(id)?.has(tie) ?? false })
  return {
    user_id,
    following: those('following'),
    blocking: those('blocking'),
    blockedBy: those('blocked_by'),
  }
}

export const relationshipOf = (ties: ReadonlySet<store.Tie> | undefined): Relationship => ({
  following: ties?.has('following') ?? false,
  requested: ties?.has('requested') ?? false,
  followed_by: ties?.has('followed_by') ?? false,
  requested_by: ties?.has('requested_by') ?? false,
  blocking: ties?.has('blocking') ?? false,
  muting: ties?.has('muting') ?? false,
  restricting: ties?.has('restricting') ?? false,
})
