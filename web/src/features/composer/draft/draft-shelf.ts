import { clear, createStore, delMany, entries, get, getMany, set, setMany } from 'idb-keyval'
import type { Draft } from './draft.ts'
import { type DraftRecord, draftOf } from './draft-record.ts'

/** Older drafts are forgotten: their uploads have long expired, and so has the moment. */
const KEPT_FOR = 14 * 24 * 3600 * 1000

export const DATABASE = 'tintype-composer'
export const STORE = 'drafts'

const recordKey = (draftId: string) => `draft:${draftId}`
const fileKey = (draftId: string, sourceId: string) => `file:${draftId}:${sourceId}`

/**
 * Drafts in IndexedDB, files and all, so that a reload or a closed tab loses nothing. Where the browser keeps nothing (private
 * windows, a full disk) every call quietly does nothing: a draft is a comfort, not a promise.
 */
export class DraftShelf {
  readonly #store = createStore(DATABASE, STORE)
  readonly #savedFiles = new Set<string>()

  async save(record: DraftRecord, draft: Draft): Promise<void> {
    await quietly(async () => {
      const fresh = record.sources.flatMap(({ id }): [string, Blob][] => {
        const [key, file] = [fileKey(draft.id, id), draft.sources.get(id)?.file]
        return file && !this.#savedFiles.has(key) ? [[key, file]] : []
      })
      // Files first: a record never names a file that is not there.
      if (fresh.length > 0) await setMany(fresh, this.#store)
      for (const [key] of fresh) this.#savedFiles.add(key)
      await set(recordKey(draft.id), record, this.#store)
    })
  }

  /** The member's drafts, newest first. Those of others, and those too old, are not among them. */
  async list(ownerId: string, now: number): Promise<DraftRecord[]> {
    const all = (await quietly(() => entries<string, unknown>(this.#store))) ?? []
    const records = all.flatMap(([key, value]) => (key.startsWith('draft:') ? [value as DraftRecord] : []))
    const stale = records.filter(({ savedAt }) => now - savedAt > KEPT_FOR)
    for (const { id } of stale) await this.forget(id)
    return records
      .filter((record) => record.ownerId === ownerId && record.version === 1 && !stale.includes(record))
      .toSorted((a, b) => b.savedAt - a.savedAt)
  }

  /** The draft with its files; undefined where they are gone. */
  async load(record: DraftRecord): Promise<Draft | undefined> {
    const ids = record.sources.map(({ id }) => id)
    const keys = ids.map((id) => fileKey(record.id, id))
    const files = (await quietly(() => getMany<Blob | undefined>(keys, this.#store))) ?? []
    const found = new Map(
      ids.flatMap((id, index): [string, Blob][] => (files[index] ? [[id, files[index]]] : [])),
    )
    for (const [index, key] of keys.entries()) if (files[index]) this.#savedFiles.add(key)
    return draftOf(record, found)
  }

  async forget(draftId: string): Promise<void> {
    await quietly(async () => {
      const record = await get<DraftRecord>(recordKey(draftId), this.#store)
      const files = record?.sources.map(({ id }) => fileKey(draftId, id)) ?? []
      await delMany([recordKey(draftId), ...files], this.#store)
      for (const key of files) this.#savedFiles.delete(key)
    })
  }
}

/** Of one member, or of every member of this device: the next one at this screen may be somebody else. */
export async function forgetAllDrafts(ownerId?: string): Promise<void> {
  if (ownerId === undefined) return void (await quietly(() => clear(createStore(DATABASE, STORE))))
  const shelf = new DraftShelf()
  for (const { id } of await shelf.list(ownerId, Date.now())) await shelf.forget(id)
}

async function quietly<T>(task: () => Promise<T>): Promise<T | undefined> {
  try {
    return await task()
  } catch {
    return undefined
  }
}
