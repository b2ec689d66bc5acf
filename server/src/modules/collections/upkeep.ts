import { type CollectionId, collectionLimits, type PostId, type UserId } from '@tintype/contract'
import type { Collections } from './collections.ts'
import type { CollectionDeps } from './deps.ts'
import { eraseSomeOf, putBack, takeOut } from './post-store.ts'
import * as store from './store.ts'

const CHUNK = 500

/** What facts ask of collections. Each may be run again at any point. */
export class CollectionsUpkeep {
  readonly #deps: CollectionDeps & { collections: Collections }

  constructor(deps: CollectionDeps & { collections: Collections }) {
    this.#deps = deps
  }

  /** What a member does not save any more leaves the collections that they made. */
  async unsaved(userId: UserId, postId: PostId): Promise<void> {
    const { db, engagement } = this.#deps
    const own = await store.sharedBy(db.query, userId, userId)
    if (own.length === 0) return
    await db.tx(async (tx) => {
      const gone = await takeOut(tx, own, postId)
      // Saved anew by now. Whoever puts it in meanwhile saves it first and waits here for the row that was taken out.
      if (gone.length > 0 && (await engagement.isSaved({ user_id: userId, post_id: postId })))
        await putBack(tx, gone)
    })
  }

  /** Neither is in a collection that the other made. */
  async parted(one: UserId, other: UserId): Promise<void> {
    for (const [owner_id, user_id] of [
      [one, other],
      [other, one],
    ] as const)
      for (const collection_id of await store.sharedBy(this.#deps.db.query, user_id, owner_id))
        await this.#deps.collections.unshare({ collection_id, owner_id, user_id })
  }

  async erasePosts(of: { collection_id: CollectionId } | { post_id: PostId }, signal: AbortSignal) {
    while (await eraseSomeOf(this.#deps.db.query, of, CHUNK)) signal.throwIfAborted()
  }

  /** Their own go; from others' they are taken out. What they put in there stays: nobody knows that it was them. */
  async eraseMember(userId: UserId, signal: AbortSignal): Promise<void> {
    const { db, collections } = this.#deps
    const ids = await store.collectionsOf(db.query, userId, { limit: collectionLimits.perMember })
    for (const { collection_id, owner_id } of await store.readCollections(db.query, ids)) {
      signal.throwIfAborted()
      if (owner_id === userId) await collections.remove({ collection_id, owner_id })
      else await collections.unshare({ collection_id, owner_id, user_id: userId })
    }
    await store.dropCount(db.query, userId)
  }
}
