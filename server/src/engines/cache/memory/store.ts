import { LRUCache } from 'lru-cache'
import { type Clock, systemClock } from '../../../kit/clock.ts'
import { lruOf } from '../../../kit/lru.ts'
import { type Lookups, lookupsOf } from '../../../kit/tallies.ts'
import { roughBytes } from './size.ts'

export interface Entry {
  value: unknown
  /** Milliseconds since 1970. */
  expires: number
  /** When it was last moved to the front of the LRU order. */
  touched: number
}

/** One running `load`. It may keep an id's result only while its kind's `flights` still names it for that id. */
export interface Flight {
  loaded: Promise<ReadonlyMap<string, unknown>>
}

/** The entries of one kind. */
export interface Kind {
  readonly entries: LRUCache<string, Entry>
  readonly flights: Map<string, Flight>
  readonly lookups: Lookups
  /** Until when (ms) an id is known to have nothing. */
  absent?: LRUCache<string, number>
}

export interface MemoryStoreOptions {
  entries: number
  /** Bound on the estimated size of all values; the default is 256 MiB. */
  bytes?: number
  clock?: Clock
}

/** Moving an entry to the front on each of a feed page's hundred reads took a sixth of the page's time; once a second will do. */
const TOUCH_EVERY_MS = 1000

/** What the handles of one process share. Its bounds hold for all kinds together: what was used longest ago goes first. */
export class MemoryStore {
  readonly clock: Clock
  readonly #kinds = new Map<string, Kind>()
  readonly #most: { entries: number; bytes: number }
  readonly #held = { entries: 0, bytes: 0 }

  constructor(options: MemoryStoreOptions) {
    this.clock = options.clock ?? systemClock
    this.#most = { entries: options.entries, bytes: options.bytes ?? 256 * 1024 * 1024 }
  }

  kind(name: string): Kind {
    const known = this.#kinds.get(name)
    if (known) return known
    const kind: Kind = {
      // Its own `max` would reserve room for all of them at once; see lruOf.
      entries: new LRUCache({
        maxSize: this.#most.bytes,
        sizeCalculation: (entry, id) => roughBytes(id, entry.value),
      }),
      flights: new Map(),
      lookups: lookupsOf(name),
    }
    this.#kinds.set(name, kind)
    return kind
  }

  read({ entries, lookups }: Kind, id: string, now: number): unknown {
    lookups.asked++
    const entry = entries.peek(id)
    if (entry === undefined || entry.expires <= now) return undefined
    lookups.found++
    if (now - entry.touched > TOUCH_EVERY_MS) {
      entry.touched = now
      entries.get(id)
    }
    return entry.value
  }

  /** `undefined` says "absent", so it is never kept. */
  write(kind: Kind, id: string, value: unknown, expires: number): void {
    kind.absent?.delete(id)
    this.#counting(kind, () =>
      value === undefined
        ? kind.entries.delete(id)
        : kind.entries.set(id, { value, expires, touched: this.clock.now() }),
    )
    while (this.#held.entries > this.#most.entries || this.#held.bytes > this.#most.bytes) this.#dropOldest()
  }

  noteAbsent(kind: Kind, id: string, { most, until }: { most: number; until: number }): void {
    kind.absent ??= lruOf(most)
    kind.absent.set(id, until)
  }

  isAbsent({ absent }: Kind, id: string, now: number): boolean {
    return absent !== undefined && (absent.get(id) ?? 0) > now
  }

  remove(kind: Kind, id: string): void {
    kind.absent?.delete(id)
    this.#counting(kind, () => kind.entries.delete(id))
  }

  clear(): void {
    for (const kind of this.#kinds.values()) {
      kind.flights.clear()
      kind.absent?.clear()
      this.#counting(kind, () => kind.entries.clear())
    }
  }

  #counting({ entries }: Kind, change: () => unknown): void {
    const { size, calculatedSize } = entries
    change()
    this.#held.entries += entries.size - size
    this.#held.bytes += entries.calculatedSize - calculatedSize
  }

  #dropOldest(): void {
    let oldest: { kind: Kind; touched: number } | undefined
    for (const kind of this.#kinds.values()) {
      const entry = kind.entries.rvalues().next().value
      if (entry && (!oldest || entry.touched < oldest.touched)) oldest = { kind, touched: entry.touched }
    }
    const { kind } = oldest as { kind: Kind }
    this.#counting(kind, () => kind.entries.pop())
  }
}
