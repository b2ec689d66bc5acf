import { deserialize, serialize } from 'node:v8'
import type { CacheStore, DerivedEntries, EntryOptions, SharedValues } from './port.ts'

/**
 * A cache of this process over values that all share: what this process has not, another may have loaded. What is forgotten goes from there
 * first, so that it cannot come back; `local` tells the other processes. Where the shared values cannot be had, everything is loaded.
 */
export function overShared(
  local: CacheStore,
  shared: SharedValues,
  onError: (error: unknown) => void,
): CacheStore {
  return {
    entries<Id extends string, Value>(kind: string, options: EntryOptions): DerivedEntries<Id, Value> {
      const own = local.entries<Id, Value>(kind, options)
      return options.shared ? new SharedEntries(own, shared, { kind, ttl: options.ttl, onError }) : own
    },
    // Others share the values; each entry ends by its time.
    clear: () => local.clear(),
    async ping() {
      await Promise.all([local.ping(), shared.ping()])
    },
    async [Symbol.asyncDispose]() {
      await local[Symbol.asyncDispose]()
      await shared[Symbol.asyncDispose]()
    },
  }
}

class SharedEntries<Id extends string, Value> implements DerivedEntries<Id, Value> {
  readonly #local: DerivedEntries<Id, Value>
  readonly #shared: SharedValues
  readonly #kind: { kind: string; ttl: number; onError(error: unknown): void }

  constructor(
    local: DerivedEntries<Id, Value>,
    shared: SharedValues,
    kind: { kind: string; ttl: number; onError(error: unknown): void },
  ) {
    this.#local = local
    this.#shared = shared
    this.#kind = kind
  }

  get(id: Id): Promise<Value | undefined> {
    return this.#local.get(id)
  }

  async through(id: Id, load: () => Promise<Value>): Promise<Value> {
    const [value] = await this.throughMany([id], async () => new Map([[id, await load()]]))
    return value as Value
  }

  throughMany(
    ids: readonly Id[],
    load: (missing: Id[]) => Promise<ReadonlyMap<Id, Value>>,
  ): Promise<(Value | undefined)[]> {
    return this.#local.throughMany(ids, async (missing) => {
      const found = await this.#read(missing)
      const absent = missing.filter((id) => !found.has(id))
      if (absent.length === 0) return found
      const loaded = await load(absent)
      await this.#write(loaded)
      return new Map([...found, ...loaded])
    })
  }

  async set(id: Id, value: Value): Promise<void> {
    await this.#forgetting([id], () => this.#local.set(id, value))
  }

  async del(ids: readonly Id[], options?: { onlyHere: boolean }): Promise<void> {
    if (ids.length === 0) return
    await this.#forgetting(ids, () => this.#local.del(ids, options))
  }

  async amend(ids: readonly Id[], change: (value: Value) => Value | undefined): Promise<void> {
    if (ids.length === 0) return
    await this.#forgetting(ids, () => this.#local.amend(ids, change))
  }

  /** What is changed here is, also where the shared values cannot be had. */
  async #forgetting(ids: readonly Id[], here: () => Promise<void>): Promise<void> {
    try {
      await this.#shared.del(ids.map((id) => this.#keyOf(id)))
    } finally {
      await here()
    }
  }

  async #read(ids: readonly Id[]): Promise<Map<Id, Value>> {
    const values = await this.#shared.get(ids.map((id) => this.#keyOf(id))).catch(this.#failed)
    const found = new Map<Id, Value>()
    for (const [at, id] of ids.entries()) {
      const bytes = values?.[at]
      if (bytes) found.set(id, deserialize(bytes) as Value)
    }
    return found
  }

  async #write(loaded: ReadonlyMap<Id, Value>): Promise<void> {
    const values = new Map<string, Uint8Array>()
    for (const [id, value] of loaded) if (value !== undefined) values.set(this.#keyOf(id), serialize(value))
    if (values.size > 0) await this.#shared.set(values, this.#kind.ttl).catch(this.#failed)
  }

  readonly #failed = (error: unknown): undefined => this.#kind.onError(error) as undefined

  #keyOf(id: Id): string {
    return `${this.#kind.kind}:${id}`
  }
}
