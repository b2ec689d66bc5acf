import {
  type Collection,
  type CollectionId,
  collectionLimits,
  type Media,
  type Page,
  TintypeError,
  type UserId,
  type WholeCollection,
} from '@tintype/contract'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { CollectionDeps, PageRequest } from './deps.ts'
import { type Entry, newestEntries } from './post-store.ts'
import * as store from './store.ts'

/** Posts of one collection that are looked through for its cover, as `fillPage` does. */
const SCAN = 2000

/** Collections as one of those who are in them sees them: nobody and nothing else is in them than what they may see. */
export class CollectionsReader {
  readonly #deps: CollectionDeps

  constructor(deps: CollectionDeps) {
    this.#deps = deps
  }

  /** Rejects with `not_found` unless the viewer is in it, and may see its owner. */
  async find(viewerId: UserId, id: CollectionId): Promise<store.CollectionRow> {
    const row = await store.findCollection(this.#deps.db.query, id, viewerId)
    const see = row && (await this.#deps.graph.judge(viewerId, [row.owner_id]))
    if (!row || see?.(row.owner_id) === 'hidden') throw new TintypeError('not_found')
    return row
  }

  /** The same, for what its owner alone may do. */
  async own(viewerId: UserId, id: CollectionId): Promise<store.CollectionRow> {
    const row = await this.find(viewerId, id)
    if (row.owner_id !== viewerId) throw new TintypeError('forbidden')
    return row
  }

  /** Those of the collections whose owner the viewer sees. */
  async open(viewerId: UserId, ids: readonly CollectionId[]): Promise<CollectionId[]> {
    const seen = await this.#seen(viewerId, await this.#read(ids))
    return seen.map((row) => row.collection_id)
  }

  /** Those of the collections that the viewer is in, and whose owner they see. */
  async among(viewerId: UserId, ids: readonly CollectionId[]): Promise<store.CollectionRow[]> {
    const rows = await this.#read(ids)
    return this.#seen(
      viewerId,
      rows.filter((row) => row.member_ids.includes(viewerId)),
    )
  }

  /** Who is in each, its owner too; absent: gone. */
  async holding(ids: readonly CollectionId[]): Promise<Map<CollectionId, UserId[]>> {
    return new Map((await this.#read(ids)).map((row) => [row.collection_id, row.member_ids]))
  }

  async #read(ids: readonly CollectionId[]): Promise<store.CollectionRow[]> {
    return ids.length === 0 ? [] : store.readCollections(this.#deps.db.query, ids)
  }

  /** Those whose owner the viewer sees. */
  async #seen(viewerId: UserId, rows: readonly store.CollectionRow[]): Promise<store.CollectionRow[]> {
    const see = await this.#deps.graph.judge(viewerId, [...new Set(rows.map((row) => row.owner_id))])
    return rows.filter((row) => see(row.owner_id) !== 'hidden')
  }

  /** Last made first. */
  async page(viewerId: UserId, query: PageRequest): Promise<Page<Collection>> {
    const { db } = this.#deps
    return fillPage<CollectionId, Collection, CollectionId>({
      kind: 'collections',
      limit: query.limit ?? 20,
      after: idCursor('collections', query.cursor),
      read: (before, limit) => store.collectionsOf(db.query, viewerId, { before, limit }),
      keyOf: (id) => id,
      present: async (ids) => {
        const shown = await this.#present(viewerId, await store.readCollections(db.query, ids))
        return ids.map((id) => shown.get(id))
      },
    })
  }

  async whole(viewerId: UserId, id: CollectionId): Promise<WholeCollection> {
    const row = await this.find(viewerId, id)
    const others = row.member_ids.filter((member) => member !== row.owner_id)
    const [shown, entries] = await Promise.all([
      this.#present(viewerId, [row]),
      this.#deps.graph.listEntries(viewerId, others),
    ])
    const collection = shown.get(id)
    if (!collection) throw new TintypeError('not_found')
    return { ...collection, members: others.flatMap((member) => entries.get(member) ?? []) }
  }

  async #present(
    viewerId: UserId,
    rows: readonly store.CollectionRow[],
  ): Promise<Map<CollectionId, Collection>> {
    const { graph, people } = this.#deps
    const ids = rows.map((row) => row.collection_id)
    const [see, owners, covers] = await Promise.all([
      graph.judge(viewerId, [...new Set(rows.flatMap((row) => row.member_ids))]),
      people.summaries([...new Set(rows.map((row) => row.owner_id))]),
      this.#covers(viewerId, ids),
    ])
    const shown = new Map<CollectionId, Collection>()
    for (const { collection_id, owner_id, name, member_ids } of rows) {
      const owner = owners.get(owner_id)
      if (!owner || see(owner_id) === 'hidden') continue
      shown.set(collection_id, {
        collection_id,
        name,
        owner,
        cover: covers.get(collection_id) ?? [],
        is_owner: owner_id === viewerId,
        is_shared: member_ids.some((member) => member !== viewerId && see(member) !== 'hidden'),
      })
    }
    return shown
  }

  /**
   * The newest pictures that the viewer sees, of all collections together: mostly one round trip, and more only where something in
   * them is hidden, so that it makes no difference.
   */
  async #covers(viewerId: UserId, ids: readonly CollectionId[]): Promise<Map<CollectionId, Media[]>> {
    const { db, preview } = this.#deps
    const covers = new Map(ids.map((id) => [id, [] as Media[]]))
    const ends = new Map<CollectionId, string | null>(ids.map((id) => [id, null]))
    for (let limit: number = collectionLimits.cover; ends.size > 0 && limit < SCAN; limit *= 4) {
      const entries = await newestEntries(db.query, [...ends.keys()], [...ends.values()], limit)
      const previews = await preview(
        viewerId,
        entries.map((entry) => entry.post_id),
      )
      const found = Map.groupBy(entries, (entry) => entry.collection_id)
      for (const id of [...ends.keys()]) {
        const theirs: readonly Entry[] = found.get(id) ?? []
        const pictures = theirs.flatMap((entry) => previews.get(entry.post_id)?.picture ?? [])
        const cover = [...(covers.get(id) ?? []), ...pictures].slice(0, collectionLimits.cover)
        covers.set(id, cover)
        const isDone = theirs.length < limit || cover.length === collectionLimits.cover
        if (isDone) ends.delete(id)
        else ends.set(id, theirs.at(-1)?.entry_id ?? null)
      }
    }
    return covers
  }
}
