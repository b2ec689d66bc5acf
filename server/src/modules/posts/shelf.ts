import { limits, type MediaId, type PostId, TintypeError, type UserId } from '@tintype/contract'
import type { Db, Tx } from '../../engines/db/port.ts'
import type { NewEvent, Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { newId } from '../../kit/ids.ts'
import { listingOf } from './listing.ts'
import type { PostsReader } from './reader.ts'
import * as shelf from './shelf-store.ts'
import { lockPost, type StoredPost } from './store.ts'

export interface ShelfDeps {
  db: Db
  outbox: Outbox
  clock: Clock
  media: {
    /** From now on only their owner sees them, whatever links were given out; or as before. */
    seal(tx: Tx, ids: readonly MediaId[], sealed: boolean): Promise<void>
  }
  posts: Pick<PostsReader, 'assertOwn'>
}

/** What authors do with their published posts: put them away, take them out again, pin them to their profile. */
export class Shelf {
  readonly #deps: ShelfDeps

  constructor(deps: ShelfDeps) {
    this.#deps = deps
  }

  /** Nobody but its author sees it from now on; its counts, comments and places in lists stay for when it is restored. Twice is once. */
  archive(authorId: UserId, id: PostId): Promise<void> {
    return this.#change(authorId, id, async (tx, post) => {
      if (post.status === 'archived') return []
      if (post.status !== 'published') throw new TintypeError('post_not_published')
      await shelf.shelvePost(tx, post, listingOf(post, this.#deps.clock))
      return [{ type: 'post.archived', payload: await this.#sealed(tx, post, true) }]
    })
  }

  async restore(authorId: UserId, id: PostId): Promise<void> {
    return this.#change(authorId, id, async (tx, post) => {
      if (post.status !== 'archived') return []
      await shelf.unshelvePost(tx, post, listingOf(post, this.#deps.clock))
      return [{ type: 'post.restored', payload: await this.#sealed(tx, post, false) }]
    })
  }

  /** Above the others, in front of those pinned before. One that is pinned stays where it is. */
  async pin(authorId: UserId, id: PostId): Promise<void> {
    return this.#change(authorId, id, async (tx, post) => {
      if (post.status !== 'published') throw new TintypeError('post_not_published')
      await shelf.lockPins(tx, authorId)
      const pinned = await shelf.pinnedPosts(tx, authorId)
      if (pinned.includes(id)) return []
      if (pinned.length >= limits.pinnedPosts) throw new TintypeError('post_pins_full')
      await shelf.setPinned(tx, post, newId<string>(this.#deps.clock))
      return [{ type: 'post.pinned', payload: { post_id: id, author_id: authorId } }]
    })
  }

  async unpin(authorId: UserId, id: PostId): Promise<void> {
    return this.#change(authorId, id, async (tx, post) => {
      if (!post.pinned) return []
      await shelf.setPinned(tx, post, null)
      return [{ type: 'post.unpinned', payload: { post_id: id, author_id: authorId } }]
    })
  }

  async #sealed(tx: Tx, { post_id, author_id, media }: StoredPost, sealed: boolean) {
    const media_ids = media.map((item) => item.media_id)
    await this.#deps.media.seal(tx, media_ids, sealed)
    return { post_id, author_id, media_ids }
  }

  async #change(
    authorId: UserId,
    id: PostId,
    work: (tx: Tx, post: StoredPost) => Promise<NewEvent[]>,
  ): Promise<void> {
    const { db, outbox, posts } = this.#deps
    // Before anything is locked: what is another's costs what nobody's does.
    await posts.assertOwn(authorId, id)
    await db.tx(async (tx) => {
      const post = await lockPost(tx, id)
      if (post?.author_id !== authorId) throw new TintypeError('not_found')
      await outbox.append(tx, await work(tx, post))
    })
  }
}
