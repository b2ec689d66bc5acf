import { LRUCache } from 'lru-cache'
import { type Clock, systemClock } from '../../kit/clock.ts'
import { lruOf } from '../../kit/lru.ts'
import type { Cache, CacheOptions, TokenGrant } from './port.ts'
import { roughBytes } from './size.ts'

interface Entry {
  value: unknown
  /** Milliseconds since 1970. */
  expires: number
  /** When it was last moved to the front of the LRU order. */
  touched: number
}

/** Moving an entry to the front on each of a feed page's hundred reads took a sixth of the page's time; once a second will do. */
const TOUCH_EVERY_MS = 1000

/** One running `load`. It may keep a key's result only while `flights` still names it for that key. */
interface Flight {
  loaded: Promise<Map<string, unknown>>
}

export interface MemoryStoreOptions {
  entries: number
  /** Bound on the estimated size of all values; the default is 256 MiB. */
  bytes?: number
  clock?: Clock
}

/** What the handles of one process share. */
export class MemoryStore {
  readonly clock: Clock
  readonly entries: LRUCache<string, Entry>
  /**
   * Per bucket the moment (ms) at which it is full again; that one number is all a token bucket needs. Kept apart from the
   * entries, so that no flood of reads can give a rate-limited member their tokens back.
   */
  readonly buckets: LRUCache<string, number>
  readonly flights = new Map<string, Flight>()
  readonly #most: number

  constructor(options: MemoryStoreOptions) {
    this.clock = options.clock ?? systemClock
    this.#most = options.entries
    // Its own `max` would reserve room for all of them at once; see lruOf.
    this.entries = new LRUCache({
      maxSize: options.bytes ?? 256 * 1024 * 1024,
      sizeCalculation: (entry, key) => roughBytes(key, entry.value),
    })
    this.buckets = lruOf(Math.max(10_000, options.entries))
  }

  keep(key: string, entry: Entry): void {
    this.entries.set(key, entry)
    if (this.entries.size > this.#most) this.entries.pop()
  }
}

/** The cache inside one process. Methods are not `async`: on the hot path each answers one ready promise and copies nothing. */
export class MemoryCache implements Cache {
  readonly #store: MemoryStore

  constructor(store: MemoryStore) {
    this.#store = store
  }

  get<T>(key: string): Promise<T | undefined> {
    return Promise.resolve(this.#read(key, this.#store.clock.now()) as T | undefined)
  }

  getMany<T>(keys: readonly string[]): Promise<(T | undefined)[]> {
    const now = this.#store.clock.now()
    const values = new Array<T | undefined>(keys.length)
    for (let i = 0; i < keys.length; i++) values[i] = this.#read(keys[i] as string, now) as T | undefined
    return Promise.resolve(values)
  }

  set<T>(key: string, value: T, options: CacheOptions): Promise<void> {
    return this.setMany([[key, value]], options)
  }

  setMany<T>(entries: readonly (readonly [key: string, value: T])[], options: CacheOptions): Promise<void> {
    const expires = this.#store.clock.now() + options.ttl * 1000
    for (const [key, value] of entries) {
      this.#store.flights.delete(key)
      this.#write(key, value, expires)
    }
    return Promise.resolve()
  }

  del(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#store.flights.delete(key)
      this.#store.entries.delete(key)
      this.#store.buckets.delete(key)
    }
    return Promise.resolve()
  }

  incr(key: string, by: number, options: CacheOptions): Promise<number> {
    const now = this.#store.clock.now()
    const entry = this.#store.entries.get(key)
    if (entry !== undefined && entry.expires > now && typeof entry.value === 'number') {
      entry.value += by
      return Promise.resolve(entry.value as number)
    }
    this.#write(key, by, now + options.ttl * 1000)
    return Promise.resolve(by)
  }

  takeToken(key: string, { burst, per }: { burst: number; per: number }): Promise<TokenGrant> {
    const now = this.#store.clock.now()
    const capacity = per * 1000
    const interval = capacity / burst
    const missing = Math.min(capacity, Math.max(0, (this.#store.buckets.get(key) ?? 0) - now))
    // A thousandth of a millisecond of mercy: whoever waits exactly `retryAfter` is not refused by a rounding error.
    const granted = missing + interval <= capacity + 0.001
    const after = granted ? missing + interval : missing
    if (granted) this.#store.buckets.set(key, now + after)
    return Promise.resolve({
      granted,
      remaining: Math.max(0, Math.floor((capacity - after + 0.001) / interval)),
      retryAfter: granted ? 0 : (missing + interval - capacity) / 1000,
      resetAfter: after / 1000,
    })
  }

  async through<T>(key: string, options: CacheOptions, load: () => Promise<T>): Promise<T> {
    const kept = this.#read(key, this.#store.clock.now())
    if (kept !== undefined) return kept as T
    const flight =
      this.#store.flights.get(key) ??
      this.#start([key], options, async () => new Map<string, unknown>([[key, await load()]]))
    return (await flight.loaded).get(key) as T
  }

  throughMany<T>(
    keys: readonly string[],
    options: CacheOptions,
    load: (missing: string[]) => Promise<Map<string, T>>,
  ): Promise<(T | undefined)[]> {
    const values = new Array<T | undefined>(keys.length)
    const absent: number[] = []
    const now = this.#store.clock.now()
    for (let at = 0; at < keys.length; at++) {
      values[at] = this.#read(keys[at] as string, now) as T | undefined
      if (values[at] === undefined) absent.push(at)
    }
    return absent.length === 0 ? Promise.resolve(values) : this.#fill(values, absent, keys, options, load)
  }

  async #fill<T>(
    values: (T | undefined)[],
    absent: readonly number[],
    keys: readonly string[],
    options: CacheOptions,
    load: (missing: string[]) => Promise<Map<string, T>>,
  ): Promise<(T | undefined)[]> {
    const flightOf = new Map<string, Flight>()
    const missing = new Set<string>()
    for (const at of absent) {
      const key = keys[at] as string
      const flight = this.#store.flights.get(key)
      if (flight) flightOf.set(key, flight)
      else missing.add(key)
    }
    if (missing.size > 0) {
      const flight = this.#start([...missing], options, load)
      for (const key of missing) flightOf.set(key, flight)
    }
    const flights = [...new Set(flightOf.values())]
    const loaded = new Map(
      await Promise.all(flights.map(async (flight) => [flight, await flight.loaded] as const)),
    )
    for (const at of absent) {
      const key = keys[at] as string
      values[at] = loaded.get(flightOf.get(key) as Flight)?.get(key) as T | undefined
    }
    return values
  }

  clear(): Promise<void> {
    this.#store.flights.clear()
    this.#store.entries.clear()
    this.#store.buckets.clear()
    return Promise.resolve()
  }

  ping(): Promise<void> {
    return Promise.resolve()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve()
  }

  #read(key: string, now: number): unknown {
    const { entries } = this.#store
    const entry = entries.peek(key)
    if (entry === undefined) return undefined
    if (entry.expires > now) {
      if (now - entry.touched > TOUCH_EVERY_MS) {
        entry.touched = now
        entries.get(key)
      }
      return entry.value
    }
    this.#store.entries.delete(key)
    return undefined
  }

  /** `undefined` says "absent", so it is never kept. */
  #write(key: string, value: unknown, expires: number): void {
    if (value === undefined) this.#store.entries.delete(key)
    else this.#store.keep(key, { value, expires, touched: this.#store.clock.now() })
  }

  #start(
    keys: string[],
    options: CacheOptions,
    load: (missing: string[]) => Promise<Map<string, unknown>>,
  ): Flight {
    const { flights, clock } = this.#store
    const land = (values: Map<string, unknown> | undefined) => {
      const expires = clock.now() + options.ttl * 1000
      for (const key of keys) {
        if (flights.get(key) !== flight) continue
        flights.delete(key)
        if (values !== undefined) this.#write(key, values.get(key), expires)
      }
    }
    const run = async () => {
      // The flight has to stand in the map before `load` runs, even if that answers or throws at once.
      await undefined
      try {
        const values = await load(keys)
        land(values)
        return values
      } catch (error) {
        land(undefined)
        throw error
      }
    }
    const flight: Flight = { loaded: run() }
    for (const key of keys) flights.set(key, flight)
    return flight
  }
}
