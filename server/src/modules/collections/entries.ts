import {
  type CollectionId,
  collectionLimits,
  type Page,
  type PostId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import { byField } from '../../kit/by-field.ts'
import { idCursor } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import type { CollectionDeps, PageRequest, Shown } from './deps.ts'
import * as store from './post-store.ts'
import type { CollectionsReader } from './reader.ts'
import { collectionsOf } from './store.ts'

type Deps = CollectionDeps & { reader: CollectionsReader }

/** What is in collections. Whoever is in one may put in what they see, and take out. */
export class Entries {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Last put in first, those that the viewer sees. */
  async page(viewerId: UserId, id: CollectionId, query: PageRequest): Promise<Page<Shown>> {
    const { db, reader, show } = this.#deps
    await reader.find(viewerId, id)
    const kind = `collection.${id}`
    return fillPage<store.Entry, Shown, string>({
      kind,
      limit: query.limit ?? 20,
      after: idCursor(kind, query.cursor),
      read: (before, limit) => store.pageEntries(db.query, id, { before, limit }),
      keyOf: (entry) => entry.entry_id,
      present: async (entries) => {
        const ids = entries.map((entry) => entry.post_id)
        const shown = byField(await show(viewerId, ids), 'post_id')
        return ids.map((post_id) => shown.get(post_id))
      },
    })
  }

  async add(viewerId: UserId, collection_id: CollectionId, post_id: PostId): Promise<{ collected: boolean }> {
    const { db, clock, posts, engagement, reader } = this.#deps
    await reader.find(viewerId, collection_id)
    await posts.findVisible(viewerId, post_id)
    const entry = { collection_id, post_id, entry_id: newId<string>(clock) }
    await db.tx(async (tx) => {
      if (!(await store.insertAsMember(tx, entry, viewerId))) throw new TintypeError('not_found')
      await engagement.saveIn(tx, { user_id: viewerId, post_id })
    })
    return { collected: true }
  }

  async remove(
    viewerId: UserId,
    collection_id: CollectionId,
    post_id: PostId,
  ): Promise<{ collected: boolean }> {
    const { db, posts, reader } = this.#deps
    await reader.find(viewerId, collection_id)
    await posts.findVisible(viewerId, post_id)
    if (!(await store.deleteAsMember(db.query, { collection_id, post_id }, viewerId)))
      throw new TintypeError('not_found')
    return { collected: false }
  }

  /** In which of those that the viewer is in, shared ones too. */
  async ofPost(viewerId: UserId, postId: PostId): Promise<{ collection_ids: CollectionId[] }> {
    const { db, posts, reader } = this.#deps
    await posts.findVisible(viewerId, postId)
    const all = await collectionsOf(db.query, viewerId, { limit: collectionLimits.perMember })
    const holding = all.length === 0 ? [] : await store.holding(db.query, all, postId)
    return { collection_ids: await reader.open(viewerId, holding) }
  }
}
