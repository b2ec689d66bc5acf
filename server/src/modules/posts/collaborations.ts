import {
  type Collaborator,
  mostCollaborators,
  type PostId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import * as store from './collaborator-store.ts'
import type { PeopleDeps } from './people.ts'
import type { PostsReader } from './reader.ts'
import { authorsBeside, type Collaborating, lockPost, type StoredPost } from './store.ts'

export const invitedTo = (all: readonly Collaborating[]): UserId[] =>
  all.flatMap(({ user_id, state }) => (state === 'invited' ? [user_id] : []))

export interface CollaborationDeps extends Pick<PeopleDeps, 'members'> {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  graph: Pick<PeopleDeps['graph'], 'judge' | 'listEntries'> & {
    visibleMember(viewerId: UserId, username: string): Promise<{ user_id: UserId }>
  }
  posts: Pick<PostsReader, 'assertOwn' | 'findVisible'>
}

const CHUNK = 100

/**
 * Posts of several authors: invited -> accepted or declined; who is none any more has declined. A post is seen by whoever may see its
 * owner's, whoever else has made it; who is hidden from a viewer is left out of its names.
 */
export class Collaborations {
  readonly #deps: CollaborationDeps

  constructor(deps: CollaborationDeps) {
    this.#deps = deps
  }

  /** Those named for a post to come. Rejects alike for nobody and for whom the author does not see. */
  async resolve(authorId: UserId, names: readonly string[]): Promise<Collaborating[]> {
    if (names.length === 0) return []
    const { members, graph } = this.#deps
    const folded = [...new Set(names.map((name) => name.toLowerCase()))]
    const named = await members.byMention(folded)
    const see = await graph.judge(authorId, [...named.values()])
    const ids = folded.map((username) => {
      const user_id = named.get(username)
      if (!user_id || user_id === authorId || see(user_id) === 'hidden')
        throw new TintypeError('collaborator_not_found', { details: { username } })
      return user_id
    })
    // A name that is held still means who went by it: two names may be one member.
    return [...new Set(ids)].map((user_id) => ({ user_id, state: 'invited' }))
  }

  async list(viewerId: UserId | null, id: PostId): Promise<Collaborator[]> {
    const { posts, graph } = this.#deps
    const { author_id, collaborators } = await posts.findVisible(viewerId, id)
    const seen = collaborators.filter(
      ({ user_id, state }) =>
        state === 'accepted' || (state === 'invited' && (viewerId === user_id || viewerId === author_id)),
    )
    if (seen.length === 0) return []
    const entries = await graph.listEntries(
      viewerId,
      seen.map(({ user_id }) => user_id),
    )
    return seen.flatMap(({ user_id, state }) => {
      const user = entries.get(user_id)
      return user ? [{ user, ...(state === 'invited' && { pending: true }) }] : []
    })
  }

  async invite(authorId: UserId, id: PostId, username: string): Promise<Collaborator[]> {
    await this.#deps.posts.assertOwn(authorId, id)
    const { user_id } = await this.#deps.graph.visibleMember(authorId, username)
    await this.#change(id, ({ collaborators, circles }) => {
      if (circles.length > 0) throw new TintypeError('circles_refused')
      if (collaborators.some((one) => one.user_id === user_id)) return collaborators
      const counted = collaborators.filter(({ state }) => state !== 'declined')
      if (counted.length >= mostCollaborators) throw new TintypeError('too_many_collaborators')
      return [...collaborators, { user_id, state: 'invited' }]
    })
    return this.list(authorId, id)
  }

  /** They may be asked again. */
  async remove(authorId: UserId, id: PostId, username: string): Promise<Collaborator[]> {
    await this.#deps.posts.assertOwn(authorId, id)
    const { user_id } = await this.#deps.graph.visibleMember(authorId, username)
    await this.#forget(user_id, id, (one) => one.state !== 'declined')
    return this.list(authorId, id)
  }

  async accept(userId: UserId, id: PostId): Promise<void> {
    const { collaborators: all } = await this.#deps.posts.findVisible(userId, id)
    if (!isIn(all, userId)) throw new TintypeError('not_found')
    await this.#change(id, ({ collaborators, status }) => {
      if (status !== 'published') throw new TintypeError('not_found')
      return collaborators.map((one) =>
        one.user_id === userId && one.state === 'invited' ? { ...one, state: 'accepted' as const } : one,
      )
    })
  }

  /** Also where they may see it no more: it is their name that stands there. */
  async leave(userId: UserId, id: PostId): Promise<void> {
    const isThere = await this.#change(id, ({ collaborators }) => {
      if (!isIn(collaborators, userId)) throw new TintypeError('not_found')
      return collaborators.map((one) =>
        one.user_id === userId ? { ...one, state: 'declined' as const } : one,
      )
    })
    if (!isThere) throw new TintypeError('not_found')
  }

  /** Two of whom one has blocked the other make nothing together any more. */
  async part(one: UserId, other: UserId): Promise<void> {
    await this.#takeOutOfAll(one, other)
    await this.#takeOutOfAll(other, one)
  }

  /** A member who has left. */
  erase(userId: UserId, signal: AbortSignal): Promise<void> {
    return this.#takeOutOfAll(userId, undefined, signal)
  }

  async #takeOutOfAll(userId: UserId, ownerId: UserId | undefined, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const some = await store.someCollaborations(this.#deps.db.query, userId, ownerId, CHUNK)
      for (const id of some) await this.#forget(userId, id)
      if (some.length < CHUNK) return
      signal?.throwIfAborted()
    }
  }

  async #forget(
    userId: UserId,
    id: PostId,
    which: (one: Collaborating) => boolean = () => true,
  ): Promise<void> {
    await this.#change(
      id,
      ({ collaborators }) => collaborators.filter((one) => one.user_id !== userId || !which(one)),
      [userId],
    )
  }

  /** `gone`: who is listed no more in any case, should the post be gone already; then false. */
  async #change(
    id: PostId,
    work: (post: StoredPost) => readonly Collaborating[],
    gone: readonly UserId[] = [],
  ): Promise<boolean> {
    const { db, outbox, clock } = this.#deps
    return db.tx(async (tx: Tx) => {
      const post = await lockPost(tx, id)
      if (!post) {
        await store.unlistCollaborators(tx, id, gone)
        return false
      }
      const next = work(post)
      const change = changeOf(post.collaborators, next)
      const { joined_ids, left_ids, uninvited_ids } = change
      await store.replaceCollaborators(tx, post, next)
      await store.unlistCollaborators(tx, id, [...left_ids, ...uninvited_ids])
      await store.listWithOthers(tx, post, joined_ids)
      const isCounted = post.status === 'published'
      await store.countWithOthers(tx, joined_ids, newId<string>(clock), 1)
      await store.countWithOthers(tx, isCounted ? left_ids : [], newId<string>(clock), -1)
      if (Object.values(change).every((ids) => ids.length === 0)) return true
      const payload = { post_id: id, author_id: post.author_id, ...change }
      await outbox.append(tx, [{ type: 'post.collaborators_changed', payload }])
      return true
    })
  }
}

const isIn = (all: readonly Collaborating[], userId: UserId): boolean =>
  all.some(({ user_id, state }) => user_id === userId && state !== 'declined')

function changeOf(before: readonly Collaborating[], after: readonly Collaborating[]) {
  const added = (now: UserId[], then: UserId[]) => now.filter((id) => !then.includes(id))
  const joined_ids = added(authorsBeside(after), authorsBeside(before))
  return {
    invited_ids: added(invitedTo(after), invitedTo(before)),
    uninvited_ids: added(invitedTo(before), [...invitedTo(after), ...joined_ids]),
    joined_ids,
    left_ids: added(authorsBeside(before), authorsBeside(after)),
  }
}
