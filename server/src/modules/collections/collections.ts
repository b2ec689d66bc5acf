import {
  type CollectionId,
  collectionLimits,
  type PostId,
  TintypeError,
  type UserId,
  type UserListEntry,
  type WholeCollection,
} from '@tintype/contract'
import type { Tx } from '../../engines/db/port.ts'
import { newId } from '../../kit/ids.ts'
import type { CollectionDeps } from './deps.ts'
import { insertAsMember } from './post-store.ts'
import type { CollectionsReader } from './reader.ts'
import * as store from './store.ts'

type Deps = CollectionDeps & { reader: CollectionsReader }
interface Sharing {
  collection_id: CollectionId
  owner_id: UserId
  user_id: UserId
}

/** Collections, and who is in them. */
export class Collections {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async create(
    ownerId: UserId,
    { name, post_id }: { name: string; post_id?: PostId },
    reservedId?: string,
  ): Promise<WholeCollection> {
    const { db, clock, posts, engagement, reader } = this.#deps
    if (post_id) await posts.findVisible(ownerId, post_id)
    const collection_id = (reservedId as CollectionId | undefined) ?? newId<CollectionId>(clock)
    const row = { collection_id, owner_id: ownerId, name }
    await db.tx(async (tx) => {
      // An attempt before this one made it, and its answer was lost.
      if (!(await store.insertCollection(tx, row))) return
      await this.#enter(tx, { collection_id, owner_id: ownerId, user_id: ownerId })
      if (!post_id) return
      await insertAsMember(tx, { collection_id, post_id, entry_id: newId(clock) }, ownerId)
      await engagement.saveIn(tx, { user_id: ownerId, post_id })
    })
    return reader.whole(ownerId, collection_id)
  }

  async rename(viewerId: UserId, id: CollectionId, name: string): Promise<{ name: string }> {
    await this.#deps.reader.own(viewerId, id)
    await store.renameCollection(this.#deps.db.query, id, name)
    return { name }
  }

  async delete(viewerId: UserId, id: CollectionId): Promise<void> {
    await this.#deps.reader.own(viewerId, id)
    await this.remove({ collection_id: id, owner_id: viewerId })
  }

  async remove({ collection_id, owner_id }: Omit<Sharing, 'user_id'>): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      if (!(await store.lockCollection(tx, collection_id))) return
      await store.deleteCollection(tx, collection_id)
      await outbox.append(tx, [{ type: 'collection.deleted', payload: { collection_id, owner_id } }])
    })
  }

  async addMember(viewerId: UserId, id: CollectionId, username: string): Promise<UserListEntry> {
    const { db, graph, outbox, reader } = this.#deps
    const { owner_id } = await reader.own(viewerId, id)
    const { user_id } = await graph.visibleMember(viewerId, username)
    const sharing = { collection_id: id, owner_id, user_id }
    await db.tx(async (tx) => {
      if (!(await store.lockCollection(tx, id))) throw new TintypeError('not_found')
      if (!(await this.#enter(tx, sharing))) return
      if (!(await store.countMember(tx, id, collectionLimits.members + 1)))
        throw new TintypeError('collection_full')
      await outbox.append(tx, [{ type: 'collection.shared', payload: sharing }])
    })
    const entry = (await graph.listEntries(viewerId, [user_id])).get(user_id)
    if (!entry) throw new TintypeError('not_found')
    return entry
  }

  /** Of oneself: leaves. */
  async removeMember(viewerId: UserId, id: CollectionId, username: string): Promise<void> {
    const { reader, members, graph } = this.#deps
    const { owner_id } = await reader.find(viewerId, id)
    const isSelf = (await members.byUsername(username))?.user_id === viewerId
    if (viewerId === owner_id) {
      const { user_id } = await graph.visibleMember(viewerId, username)
      return this.unshare({ collection_id: id, owner_id, user_id })
    }
    if (!isSelf) throw new TintypeError('forbidden')
    await this.unshare({ collection_id: id, owner_id, user_id: viewerId })
  }

  async unshare(sharing: Sharing): Promise<void> {
    const { collection_id, user_id } = sharing
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      if (!(await store.lockCollection(tx, collection_id))) return
      if (await store.deleteMember(tx, collection_id, user_id))
        await outbox.append(tx, [{ type: 'collection.unshared', payload: sharing }])
    })
  }

  /** False where they were in it. */
  async #enter(tx: Tx, sharing: Sharing): Promise<boolean> {
    if (!(await store.insertMember(tx, { ...sharing, entry_id: newId(this.#deps.clock) }))) return false
    if (!(await store.countCollection(tx, sharing.user_id, collectionLimits.perMember)))
      throw new TintypeError('too_many_collections')
    return true
  }
}
