import { type Relationship, TintypeError, type UserId } from '@tintype/contract'
import { visibility } from '../../access/visibility.ts'
import type { Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { newId } from '../../kit/ids.ts'
import type { Members } from '../members/api.ts'
import { followCounters } from './count-store.ts'
import { addFollow, addRequest, removeFollow } from './follow-store.ts'
import { leaveCircles } from './leave-circles.ts'
import { GraphReader, type ReaderDeps, relationshipOf, viewerOf } from './reader.ts'
import { setSnooze, takeDueSnooze } from './snooze-store.ts'
import * as store from './store.ts'

export interface GraphDeps extends ReaderDeps {
  outbox: Pick<Outbox, 'append'>
  members: ReaderDeps['members'] & Pick<Members, 'byUsername' | 'holdPrivacy' | 'idsAfter'>
}

/** The acts that change who stands how to whom. Each locks its pair first, so acts on one pair happen one after the other. */
export class GraphService extends GraphReader {
  readonly #deps: GraphDeps

  constructor(deps: GraphDeps) {
    super(deps)
    this.#deps = deps
  }

  /** Follows, or asks to where the account is private. Twice is once. */
  async follow(viewerId: UserId, username: string): Promise<Relationship> {
    const target = await this.visibleMember(viewerId, username)
    const pair = { from: viewerId, to: target.user_id }
    const act = { pair, edge_id: newId<string>(this.#deps.clock), change_ids: [newId(), newId()] as const }
    return this.#act(pair, async (tx) => {
      const isPrivate = await this.#deps.members.holdPrivacy(tx, target.user_id)
      if (isPrivate === undefined) throw new TintypeError('not_found')
      const ties = await (isPrivate ? addRequest(tx, act) : addFollow(tx, act))
      const viewer = viewerOf(viewerId, new Map([[target.user_id, ties]]))
      if (visibility(viewer, target) === 'hidden') throw new TintypeError('not_found')
      const before = relationshipOf(ties)
      const following = before.following || !isPrivate
      await this.#tell(tx, 'user.follow_request_withdrawn', following && before.requested ? [pair] : [])
      if (!before.following && following) await this.#tell(tx, 'user.followed', [pair])
      if (!following && !before.requested) await this.#tell(tx, 'user.follow_requested', [pair])
      return { ...before, following, requested: !following }
    })
  }

  /** Unfollows, or takes the request back. */
  async unfollow(viewerId: UserId, username: string): Promise<Relationship> {
    const { user_id } = await this.visibleMember(viewerId, username)
    const pair = { from: viewerId, to: user_id }
    return this.#act(pair, async (tx) => {
      const before = relationshipOf(await removeFollow(tx, { pair, change_ids: [newId(), newId()] }))
      if (before.following) await this.#tell(tx, 'user.unfollowed', [pair])
      if (before.requested) await this.#tell(tx, 'user.follow_request_withdrawn', [pair])
      return { ...before, following: false, requested: false }
    })
  }

  async removeFollower(viewerId: UserId, username: string): Promise<Relationship> {
    const { user_id } = await this.visibleMember(viewerId, username)
    const pair = { from: user_id, to: viewerId }
    await this.#act(pair, async (tx) => {
      const removed = await this.#removeFollows(tx, [pair], viewerId)
      await this.#leaveCircles(tx, pair)
      await this.#tell(tx, 'user.follower_removed', removed)
    })
    return this.#relationship({ from: viewerId, to: user_id })
  }

  async block(viewerId: UserId, username: string): Promise<Relationship> {
    const { user_id } = await this.#visibleOrBlocked(viewerId, username)
    const pair = { from: viewerId, to: user_id }
    const block = async (tx: Tx) => {
      if ((await store.addEdges(tx, 'block', [this.#edge(pair)])).length === 0) return
      await this.#disconnect(tx, [pair, { from: pair.to, to: pair.from }], viewerId)
      const payload = { blocker_id: viewerId, blocked_id: user_id }
      await this.#deps.outbox.append(tx, [{ type: 'user.blocked', payload }])
    }
    await this.#act(pair, block)
    return this.#relationship(pair)
  }

  /** What the block ended stays ended. */
  async unblock(viewerId: UserId, username: string): Promise<Relationship> {
    const { user_id } = await this.#visibleOrBlocked(viewerId, username)
    const pair = { from: viewerId, to: user_id }
    const unblock = async (tx: Tx) => {
      if ((await store.removeEdges(tx, 'block', [pair])).length === 0) return
      const payload = { blocker_id: viewerId, blocked_id: user_id }
      await this.#deps.outbox.append(tx, [{ type: 'user.unblocked', payload }])
    }
    await this.#act(pair, unblock)
    return this.#relationship(pair)
  }

  /** `seconds`: for so long; else until it is lifted. What was said last holds. */
  async mute(viewerId: UserId, username: string, seconds?: number): Promise<Relationship> {
    const { user_id } = await this.visibleMember(viewerId, username)
    const pair = { from: viewerId, to: user_id }
    const ends = seconds === undefined ? null : new Date(this.#deps.clock.now() + seconds * 1000)
    await this.#act(pair, async (tx) => {
      await setSnooze(tx, pair, ends)
      if ((await store.addEdges(tx, 'mute', [this.#edge(pair)])).length === 0) return
      const payload = { muter_id: viewerId, muted_id: user_id }
      await this.#deps.outbox.append(tx, [{ type: 'user.muted', payload }])
    })
    return this.#relationship(pair)
  }

  async unmute(viewerId: UserId, username: string): Promise<Relationship> {
    const { user_id } = await this.visibleMember(viewerId, username)
    const pair = { from: viewerId, to: user_id }
    await this.#act(pair, async (tx) => {
      await setSnooze(tx, pair, null)
      await this.#unmute(tx, pair)
    })
    return this.#relationship(pair)
  }

  async restrict(viewerId: UserId, username: string): Promise<Relationship> {
    return this.#setRestricted(viewerId, username, async (tx, pair) => {
      const made = await store.addEdges(tx, 'restrict', [this.#edge(pair)])
      return made.length > 0 ? 'user.restricted' : undefined
    })
  }

  /** What was held back meanwhile waits on. */
  async unrestrict(viewerId: UserId, username: string): Promise<Relationship> {
    return this.#setRestricted(viewerId, username, async (tx, pair) => {
      const gone = await store.removeEdges(tx, 'restrict', [pair])
      return gone.length > 0 ? 'user.unrestricted' : undefined
    })
  }

  async #setRestricted(
    viewerId: UserId,
    username: string,
    change: (tx: Tx, pair: store.Pair) => Promise<'user.restricted' | 'user.unrestricted' | undefined>,
  ): Promise<Relationship> {
    const { user_id } = await this.visibleMember(viewerId, username)
    const pair = { from: viewerId, to: user_id }
    await this.#act(pair, async (tx) => {
      const type = await change(tx, pair)
      const payload = { restricter_id: viewerId, restricted_id: user_id }
      if (type) await this.#deps.outbox.append(tx, [{ type, payload }])
    })
    return this.#relationship(pair)
  }

  /** Lifts a mute whose time is over. */
  async endSnooze(pair: store.Pair): Promise<void> {
    await this.#act(pair, async (tx) => {
      if (await takeDueSnooze(tx, pair, new Date(this.#deps.clock.now()))) await this.#unmute(tx, pair)
    })
  }

  async #unmute(tx: Tx, pair: store.Pair): Promise<void> {
    if ((await store.removeEdges(tx, 'mute', [pair])).length === 0) return
    const payload = { muter_id: pair.from, muted_id: pair.to }
    await this.#deps.outbox.append(tx, [{ type: 'user.unmuted', payload }])
  }

  /** Lets a member follow who asked to; rejects with not_found where nothing waits and they do not follow already. */
  async acceptRequest(viewerId: UserId, username: string): Promise<void> {
    const asker = await this.#asker(viewerId, username)
    const pair = { from: asker.user_id, to: viewerId }
    if ((await this.acceptRequests([pair])).length > 0) return
    const { followed_by } = await this.#relationship({ from: viewerId, to: asker.user_id })
    if (!followed_by) throw new TintypeError('not_found')
  }

  /** Refuses; they are not told and may ask again. */
  async rejectRequest(viewerId: UserId, username: string): Promise<void> {
    const asker = await this.#asker(viewerId, username)
    const pair = { from: asker.user_id, to: viewerId }
    await this.#act(pair, async (tx) => {
      const gone = await store.removeEdges(tx, 'request', [pair])
      if (gone.length === 0) throw new TintypeError('not_found')
      await this.#tell(tx, 'user.follow_request_rejected', gone)
    })
  }

  /** Turns waiting requests (`from` asked `to`) into follows; answers those that were still waiting. */
  acceptRequests(pairs: readonly store.Pair[]): Promise<store.Pair[]> {
    return this.#deps.db.tx(async (tx) => {
      await store.lockPairs(tx, pairs)
      const accepted = await store.removeEdges(tx, 'request', pairs)
      const made = await this.#addFollows(tx, accepted, undefined)
      if (made.length === 0) return accepted
      await this.#deps.outbox.append(
        tx,
        made.flatMap(({ from, to }) => {
          const payload = { follower_id: from, followee_id: to }
          return [
            { type: 'user.followed' as const, payload: { ...payload, requested: true } },
            { type: 'user.follow_accepted' as const, payload },
          ]
        }),
      )
      return accepted
    })
  }

  #act<T>(pair: store.Pair, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#deps.db.tx(async (tx) => {
      await store.lockPairs(tx, [pair])
      return work(tx)
    })
  }

  async #disconnect(tx: Tx, pairs: readonly store.Pair[], actorId: UserId): Promise<void> {
    await this.#removeFollows(tx, pairs, actorId)
    await this.#withdraw(tx, pairs)
    for (const pair of pairs) await this.#leaveCircles(tx, pair)
  }

  #leaveCircles(tx: Tx, { from: member_id, to: owner_id }: store.Pair): Promise<void> {
    return leaveCircles(tx, this.#deps.outbox, { owner_id, member_id })
  }

  async #withdraw(tx: Tx, pairs: readonly store.Pair[]): Promise<void> {
    const gone = await store.removeEdges(tx, 'request', pairs)
    await this.#tell(tx, 'user.follow_request_withdrawn', gone)
  }

  /** Without an actor it is the followee's doing. */
  async #addFollows(tx: Tx, pairs: readonly store.Pair[], actorId: UserId | undefined) {
    const made = await store.addEdges(
      tx,
      'follow',
      pairs.map((pair) => this.#edge(pair)),
    )
    await followCounters.add(tx, countChanges(made, 1, actorId))
    return made
  }

  async #removeFollows(tx: Tx, pairs: readonly store.Pair[], actorId: UserId): Promise<store.Pair[]> {
    const gone = await store.removeEdges(tx, 'follow', pairs)
    await followCounters.add(tx, countChanges(gone, -1, actorId))
    await this.#tell(tx, 'user.unfollowed', gone)
    return gone
  }

  async #tell(
    tx: Tx,
    type:
      | 'user.followed'
      | 'user.follow_requested'
      | 'user.unfollowed'
      | 'user.follower_removed'
      | 'user.follow_request_withdrawn'
      | 'user.follow_request_rejected',
    pairs: readonly store.Pair[],
  ): Promise<void> {
    if (pairs.length === 0) return
    const events = pairs.map(({ from, to }) => ({ type, payload: { follower_id: from, followee_id: to } }))
    await this.#deps.outbox.append(tx, events)
  }

  #edge(pair: store.Pair): store.Pair & { edge_id: string } {
    return { ...pair, edge_id: newId(this.#deps.clock) }
  }

  async #relationship({ from, to }: store.Pair): Promise<Relationship> {
    const found = (await this.relationships(from, [to])).get(to)
    if (!found) throw new TintypeError('internal')
    return found
  }

  async #named(viewerId: UserId, username: string) {
    const target = await this.#deps.members.byUsername(username)
    if (!target) throw new TintypeError('not_found')
    if (target.user_id === viewerId) throw new TintypeError('cannot_target_self')
    return target
  }

  /** Another member by name. Rejects with `cannot_target_self`, and with `not_found` for whom the viewer does not see. */
  async visibleMember(viewerId: UserId, username: string) {
    const target = await this.#named(viewerId, username)
    await this.#assertSeen(viewerId, target.user_id)
    return target
  }

  /** Nobody asks themself. */
  async #asker(viewerId: UserId, username: string) {
    const asker = await this.#deps.members.byUsername(username)
    if (!asker || asker.user_id === viewerId) throw new TintypeError('not_found')
    await this.#assertSeen(viewerId, asker.user_id)
    return asker
  }

  /** Rejects with `not_found`: for the hidden after the same work as for those who are not there. */
  async #assertSeen(viewerId: UserId, id: UserId): Promise<void> {
    const see = await this.judge(viewerId, [id])
    if (see(id) === 'hidden') throw new TintypeError('not_found')
  }

  /** Whom one blocks one does not see either, yet blocking them twice is once, and what one did can be taken back. */
  async #visibleOrBlocked(viewerId: UserId, username: string) {
    const target = await this.#named(viewerId, username)
    const { blocking } = await this.relations(viewerId)
    if (!blocking.has(target.user_id)) await this.#assertSeen(viewerId, target.user_id)
    return target
  }
}

/** A follow counts once at either end. */
export function countChanges(pairs: readonly store.Pair[], by: 1 | -1, actorId: UserId | undefined) {
  return pairs.flatMap(({ from, to }) => {
    const actor_id = actorId ?? to
    return [
      { key: [to] as [UserId], actor_id, change_id: newId<string>(), by: { followers: by } },
      { key: [from] as [UserId], actor_id, change_id: newId<string>(), by: { following: by } },
    ]
  })
}
