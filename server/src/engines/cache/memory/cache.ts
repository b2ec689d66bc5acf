import type { CacheStore, DerivedEntries, EntryOptions } from '../port.ts'
import type { Flight, Kind, MemoryStore } from './store.ts'

export { MemoryStore } from './store.ts'

/** The cache inside one process. Methods are not `async`: on the hot path each answers one ready promise and copies nothing. */
export class MemoryCache implements CacheStore {
  readonly #store: MemoryStore

  constructor(store: MemoryStore) {
    this.#store = store
  }

  entries<Id extends string, Value>(kind: string, options: EntryOptions): DerivedEntries<Id, Value> {
    return new MemoryEntries<Id, Value>(this.#store, this.#store.kind(kind), options)
  }

  clear(): Promise<void> {
    this.#store.clear()
    return Promise.resolve()
  }

  ping(): Promise<void> {
    return Promise.resolve()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve()
  }
}

class MemoryEntries<Id extends string, Value> implements DerivedEntries<Id, Value> {
  readonly #store: MemoryStore
  readonly #kind: Kind
  /** Milliseconds. */
  readonly #ttl: number
  readonly #absence: EntryOptions['absence']

  constructor(store: MemoryStore, kind: Kind, { ttl, absence }: EntryOptions) {
    this.#store = store
    this.#kind = kind
    this.#ttl = ttl * 1000
    this.#absence = absence
  }

  get(id: Id): Promise<Value | undefined> {
    return Promise.resolve(this.#read(id, this.#store.clock.now()))
  }

  set(id: Id, value: Value): Promise<void> {
    this.#kind.flights.delete(id)
    this.#store.write(this.#kind, id, value, this.#store.clock.now() + this.#ttl)
    return Promise.resolve()
  }

  del(ids: readonly Id[]): Promise<void> {
    for (const id of ids) {
      this.#kind.flights.delete(id)
      this.#store.remove(this.#kind, id)
    }
    return Promise.resolve()
  }

  amend(ids: readonly Id[], change: (value: Value) => Value | undefined): Promise<void> {
    const now = this.#store.clock.now()
    for (const id of ids) {
      this.#kind.flights.delete(id)
      const entry = this.#kind.entries.peek(id)
      if (entry === undefined) continue
      const value = entry.expires > now ? change(entry.value as Value) : undefined
      if (value !== entry.value) this.#store.write(this.#kind, id, value, entry.expires)
    }
    return Promise.resolve()
  }

  async through(id: Id, load: () => Promise<Value>): Promise<Value> {
    const now = this.#store.clock.now()
    const kept = this.#read(id, now)
    if (kept !== undefined || this.#store.isAbsent(this.#kind, id, now)) return kept as Value
    const flight = this.#kind.flights.get(id) ?? this.#start([id], async () => new Map([[id, await load()]]))
    return (await flight.loaded).get(id) as Value
  }

  throughMany(
    ids: readonly Id[],
    load: (missing: Id[]) => Promise<ReadonlyMap<Id, Value>>,
  ): Promise<(Value | undefined)[]> {
    const values = new Array<Value | undefined>(ids.length)
    const absent: number[] = []
    const now = this.#store.clock.now()
    for (let at = 0; at < ids.length; at++) {
      values[at] = this.#read(ids[at] as Id, now)
      if (values[at] === undefined && !this.#store.isAbsent(this.#kind, ids[at] as Id, now)) absent.push(at)
    }
    return absent.length === 0 ? Promise.resolve(values) : this.#fill(values, absent, ids, load)
  }

  async #fill(
    values: (Value | undefined)[],
    absent: readonly number[],
    ids: readonly Id[],
    load: (missing: Id[]) => Promise<ReadonlyMap<Id, Value>>,
  ): Promise<(Value | undefined)[]> {
    const flightOf = new Map<Id, Flight>()
    const missing = new Set<Id>()
    for (const at of absent) {
      const id = ids[at] as Id
      const flight = this.#kind.flights.get(id)
      if (flight) flightOf.set(id, flight)
      else missing.add(id)
    }
    if (missing.size > 0) {
      const flight = this.#start([...missing], load)
      for (const id of missing) flightOf.set(id, flight)
    }
    const flights = [...new Set(flightOf.values())]
    const loaded = new Map(
      await Promise.all(flights.map(async (flight) => [flight, await flight.loaded] as const)),
    )
    for (const at of absent) {
      const id = ids[at] as Id
      values[at] = loaded.get(flightOf.get(id) as Flight)?.get(id) as Value | undefined
    }
    return values
  }

  #keep(id: Id, value: Value | undefined, now: number): void {
    this.#store.write(this.#kind, id, value, now + this.#ttl)
    if (value !== undefined || this.#absence === undefined) return
    const { ttl, most } = this.#absence
    this.#store.noteAbsent(this.#kind, id, { most, until: now + ttl * 1000 })
  }

  #read(id: Id, now: number): Value | undefined {
    return this.#store.read(this.#kind, id, now) as Value | undefined
  }

  #start(ids: Id[], load: (missing: Id[]) => Promise<ReadonlyMap<Id, Value>>): Flight {
    const { flights } = this.#kind
    const land = (values: ReadonlyMap<Id, Value> | undefined) => {
      const now = this.#store.clock.now()
      for (const id of ids) {
        if (flights.get(id) !== flight) continue
        flights.delete(id)
        if (values !== undefined) this.#keep(id, values.get(id), now)
      }
    }
    const run = async () => {
      // The flight has to stand in the map before `load` runs, even if that answers or throws at once.
      await undefined
      try {
        const values = await load(ids)
        land(values)
        return values
      } catch (error) {
        land(undefined)
        throw error
      }
    }
    const flight: Flight = { loaded: run() }
    for (const id of ids) flights.set(id, flight)
    return flight
  }
}
