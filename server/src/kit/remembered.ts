import type { Clock } from './clock.ts'

/** What is known hangs on such an object, `at` (ms since 1970) it began. */
export interface Since {
  at: number
}

interface RememberedOptions<Owner> {
  /** Keeps one for each owner until there is news of them (see Entries of engines/cache). */
  since: { through(owner: Owner, begin: () => Promise<Since>): Promise<Since> }
  clock: Clock
  /** Items known of one owner, beyond which all are forgotten. */
  most: number
}

interface Lookup<Item, Value> {
  /** What needs not be read; undefined where it does. */
  presume?(item: Item, since: Since): Value | undefined
  /** Reads many; answers what it found of each, absence included. */
  read(items: readonly Item[], since: Since): Promise<(item: Item) => Value>
}

/**
 * What is known of owners' items, absence included, for as long as the cache keeps an owner's object: what was read before
 * that was forgotten, in whichever process, cannot outlive it.
 */
export class Remembered<Owner, Item, Value> {
  readonly #options: RememberedOptions<Owner>
  readonly #known = new WeakMap<Since, Map<Item, Value>>()

  constructor(options: RememberedOptions<Owner>) {
    this.#options = options
  }

  /** In the order asked. */
  async of(owner: Owner, items: readonly Item[], { presume, read }: Lookup<Item, Value>): Promise<Value[]> {
    const { since: owners, clock, most } = this.#options
    const since = await owners.through(owner, async () => ({ at: clock.now() }))
    const known = this.#known.get(since) ?? new Map<Item, Value>()
    this.#known.set(since, known)
    // Taken before anything is waited for: another request may empty what is remembered meanwhile.
    const values = items.map((item) => known.get(item) ?? presume?.(item, since))
    const unknown = items.filter((_, at) => values[at] === undefined)
    if (unknown.length === 0) return values as Value[]
    const found = await read(unknown, since)
    if (known.size > most) known.clear()
    for (const item of unknown) known.set(item, found(item))
    return items.map((item, at) => values[at] ?? found(item))
  }
}
