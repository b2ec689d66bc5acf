import {
  type PersonTag,
  type PostId,
  type TaggedPerson,
  TintypeError,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import type { Ties } from '../../access/commenting.ts'
import type { Judges } from '../../access/visibility.ts'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import * as store from './people-store.ts'
import { inPictures } from './people-store.ts'
import type { PostsReader } from './reader.ts'
import type { PostSettingsService } from './settings.ts'
import { type InPictures, lockPost, type PostMedia, type StoredPost } from './store.ts'

export interface PeopleDeps {
  db: Db
  outbox: Outbox
  members: { byMention(names: readonly string[]): Promise<Map<string, UserId>> }
  graph: Judges &
    Ties & {
      holdsBack(userId: UserId, otherId: UserId): Promise<boolean>
      /** Absent: those hidden from the viewer. */
      listEntries(viewerId: UserId | null, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
    }
  settings: Pick<PostSettingsService, 'of'>
}

const CHUNK = 100

/** Who is in the pictures of new posts: those named, each as far as they agree. */
export class Tagging {
  readonly #deps: PeopleDeps

  constructor(deps: PeopleDeps) {
    this.#deps = deps
  }

  /** Rejects with `person_not_found` alike for nobody and for whom the author does not see. */
  async resolve(
    authorId: UserId,
    tags: readonly PersonTag[],
    media: readonly Pick<PostMedia, 'media_id'>[],
    before: readonly InPictures[] = [],
  ): Promise<InPictures[]> {
    if (tags.length === 0) return []
    const { members, graph } = this.#deps
    const named = await members.byMention([...new Set(tags.map(({ username }) => username.toLowerCase()))])
    const see = await graph.judge(authorId, [...new Set(named.values())])
    const spots = new Map<UserId, InPictures['spots']>()
    for (const { picture, username, x, y } of tags) {
      const user_id = named.get(username.toLowerCase())
      const media_id = media[picture]?.media_id
      if (!media_id || !user_id || see(user_id) === 'hidden')
        throw new TintypeError('person_not_found', { details: { username } })
      // Once in a picture.
      const theirs = (spots.get(user_id) ?? []).filter((spot) => spot.media_id !== media_id)
      spots.set(user_id, [...theirs, { media_id, x, y }])
    }
    return Promise.all(
      [...spots].map(([user_id, theirs]) => this.#asAgreed(authorId, user_id, theirs, before)),
    )
  }

  async #asAgreed(
    authorId: UserId,
    user_id: UserId,
    spots: InPictures['spots'],
    before: readonly InPictures[],
  ): Promise<InPictures> {
    const state =
      before.find((one) => one.user_id === user_id)?.state ?? (await this.#consent(authorId, user_id))
    return { user_id, state, spots: state === 'removed' ? [] : spots }
  }

  async #consent(authorId: UserId, userId: UserId): Promise<'shown' | 'pending'> {
    if (authorId === userId) return 'shown'
    const { settings, graph } = this.#deps
    if (await graph.holdsBack(userId, authorId)) return 'pending'
    const { tags_from } = await settings.of(userId)
    if (tags_from === 'following')
      return (await graph.relations(userId)).following.has(authorId) ? 'shown' : 'pending'
    return tags_from === 'anyone' ? 'shown' : 'pending'
  }
}

/** People in photographs of posts that stand. */
export class PhotoTags {
  readonly #deps: PeopleDeps & { posts: PostsReader }
  readonly #tagging: Tagging

  constructor(deps: PeopleDeps & { posts: PostsReader }) {
    this.#deps = deps
    this.#tagging = new Tagging(deps)
  }

  /** Who is hidden from the viewer, or from the author, is left out; pending ones are seen by themselves and the author alone. */
  async list(viewerId: UserId | null, id: PostId): Promise<TaggedPerson[]> {
    const { posts, graph } = this.#deps
    const { author_id, people } = await posts.findVisible(viewerId, id)
    const seen = people.filter(
      ({ user_id, state }) =>
        state === 'shown' || (state === 'pending' && (viewerId === user_id || viewerId === author_id)),
    )
    if (seen.length === 0) return []
    const ids = seen.map(({ user_id }) => user_id)
    const [entries, see] = await Promise.all([graph.listEntries(viewerId, ids), graph.judge(author_id, ids)])
    return seen.flatMap(({ user_id, state, spots }) => {
      const user = entries.get(user_id)
      if (!user || see(user_id) === 'hidden') return []
      return spots.map((spot) => ({ ...spot, user, ...(state === 'pending' && { pending: true }) }))
    })
  }

  async set(authorId: UserId, id: PostId, tags: readonly PersonTag[]): Promise<TaggedPerson[]> {
    const known = (await this.#deps.posts.records([id])).get(id)
    if (known?.author_id !== authorId) throw new TintypeError('not_found')
    const wanted = await this.#tagging.resolve(authorId, tags, known.media, known.people)
    await this.#change(id, ({ author_id, people }) => {
      if (author_id !== authorId) throw new TintypeError('not_found')
      const state = new Map(people.map((one) => [one.user_id, one.state]))
      const next = wanted.map((one) => {
        const now = state.get(one.user_id) ?? one.state
        return { ...one, state: now, spots: now === 'removed' ? [] : one.spots }
      })
      // Who took themself out is remembered whether or not they are named again.
      const out = people.filter(
        (one) => one.state === 'removed' && !next.some(({ user_id }) => user_id === one.user_id),
      )
      return [...next, ...out]
    })
    return this.list(authorId, id)
  }

  async accept(userId: UserId, id: PostId): Promise<void> {
    await this.#assertTagged(userId, id)
    await this.#change(id, ({ people }) =>
      people.map((one) =>
        one.user_id === userId && one.state === 'pending' ? { ...one, state: 'shown' as const } : one,
      ),
    )
  }

  async leave(userId: UserId, id: PostId): Promise<void> {
    await this.#assertTagged(userId, id)
    await this.#takeOut(userId, id)
  }

  /** Of two of whom one has blocked the other neither stands in the other's pictures any more. */
  async part(one: UserId, other: UserId): Promise<void> {
    for (const [userId, authorId] of [
      [one, other],
      [other, one],
    ] as const)
      await this.#takeOutOfAll(userId, authorId)
  }

  /** A member who has left. */
  async erase(userId: UserId, signal: AbortSignal): Promise<void> {
    await this.#takeOutOfAll(userId, undefined, signal)
  }

  async #takeOutOfAll(userId: UserId, authorId: UserId | undefined, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const some = await store.someTagged(this.#deps.db.query, userId, authorId, CHUNK)
      for (const id of some) await this.#takeOut(userId, id, authorId === undefined)
      if (some.length < CHUNK) return
      signal?.throwIfAborted()
    }
  }

  #takeOut(userId: UserId, id: PostId, isForgotten = false): Promise<void> {
    return this.#change(
      id,
      ({ people }) =>
        isForgotten
          ? people.filter((one) => one.user_id !== userId)
          : people.map((one) =>
              one.user_id === userId ? { ...one, state: 'removed' as const, spots: [] } : one,
            ),
      [userId],
    )
  }

  async #assertTagged(userId: UserId, id: PostId): Promise<void> {
    const { people } = await this.#deps.posts.findVisible(userId, id)
    if (!people.some((one) => one.user_id === userId && one.state !== 'removed'))
      throw new TintypeError('not_found')
  }

  /** `gone`: who is listed no more in any case, should the post be gone already. */
  async #change(
    id: PostId,
    work: (post: StoredPost) => InPictures[],
    gone: readonly UserId[] = [],
  ): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx: Tx) => {
      const post = await lockPost(tx, id)
      if (!post) return store.unlist(tx, id, gone)
      const people = work(post)
      const [before, after] = [inPictures(post.people), inPictures(people)]
      const untagged_ids = before.filter((userId) => !after.includes(userId))
      await store.replacePeople(tx, post, people)
      await store.unlist(tx, id, [...new Set([...untagged_ids, ...gone])])
      const tagged_ids = after.filter((userId) => !before.includes(userId))
      const payload = { post_id: id, author_id: post.author_id, tagged_ids, untagged_ids }
      await outbox.append(tx, [{ type: 'post.people_changed', payload }])
    })
  }
}
