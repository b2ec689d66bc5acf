import type { EventType } from '@tintype/contract'
import type { NewEvent } from '../outbox/port.ts'
import type { Cache, CacheStore, DerivedEntries, Entries, KindOptions, Marks, News } from './port.ts'

/** What is done about ids of which there is news. */
type Heed = (ids: readonly string[], options: { onlyHere: boolean }) => Promise<void>

/** Has kinds forget by facts, whatever holds their entries. */
export class FactCache implements Cache {
  readonly #store: CacheStore
  readonly #heeds = new Map<EventType, { ids: News<string>['ids']; heed: Heed }[]>()

  constructor(store: CacheStore) {
    this.#store = store
  }

  get heard(): readonly EventType[] {
    return [...this.#heeds.keys()]
  }

  entries<Id extends string, Value>(kind: string, options: KindOptions<Id>): Entries<Id, Value> {
    return this.derived(kind, options)
  }

  derived<Id extends string, Value>(
    kind: string,
    { forgets = [], ...options }: KindOptions<Id>,
  ): DerivedEntries<Id, Value> {
    const entries = this.#store.entries<Id, Value>(kind, options)
    this.#listen(forgets, (ids, options) => entries.del(ids, options))
    return entries
  }

  marks<Id extends string>(kind: string, { ttl, by }: { ttl: number; by: readonly News<Id>[] }): Marks<Id> {
    const entries = this.#store.entries<Id, true>(kind, { ttl })
    this.#listen(by, async (ids) => {
      for (const id of ids) await entries.set(id, true)
    })
    return { has: async (id) => (await entries.get(id)) !== undefined }
  }

  hear(facts: readonly NewEvent[]): Promise<void> {
    return this.#hear(facts, { onlyHere: false })
  }

  hearHere(facts: readonly NewEvent[]): Promise<void> {
    return this.#hear(facts, { onlyHere: true })
  }

  async #hear(facts: readonly NewEvent[], options: { onlyHere: boolean }): Promise<void> {
    const known = new Map<Heed, Set<string>>()
    const heeding: Promise<void>[] = []
    for (const { type, payload } of facts) {
      for (const { ids, heed } of this.#heeds.get(type) ?? []) {
        const news = ids(payload)
        if (news instanceof Promise) heeding.push(news.then((found) => heed(found, options)))
        else {
          const all = known.get(heed) ?? new Set()
          known.set(heed, all)
          for (const id of news) all.add(id)
        }
      }
    }
    for (const [heed, ids] of known) heeding.push(heed([...ids], options))
    await Promise.all(heeding)
  }

  clear(): Promise<void> {
    return this.#store.clear()
  }

  ping(): Promise<void> {
    return this.#store.ping()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#store[Symbol.asyncDispose]()
  }

  #listen<Id extends string>(
    all: readonly News<Id>[],
    heed: (ids: readonly Id[], options: { onlyHere: boolean }) => Promise<void>,
  ): void {
    for (const { types, ids } of all)
      for (const type of types) {
        const heeds = this.#heeds.get(type) ?? []
        this.#heeds.set(type, heeds)
        heeds.push({ ids, heed: heed as Heed })
      }
  }
}
