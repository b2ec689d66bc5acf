import { randomUUID } from 'node:crypto'
import type { Broadcast } from '../broadcast/port.ts'
import type { CacheStore, DerivedEntries, EntryOptions } from './port.ts'

const CHANNEL = 'cache.del'
/** Milliseconds in which deletions are published together: a message for each would cost more than the deletion. */
const TELL_EVERY = 10
/** Milliseconds after which a message that could not be sent is sent again. */
const TELL_AGAIN = 100

/** Ids by kind. */
type Forgotten = Map<string, Set<string>>
interface Deletion {
  /** The cache that asked for it. */
  by: string
  ids: Record<string, string[]>
}

/**
 * Makes in-process caches of several processes agree: a `del` in one is a `del` in all, within a broadcast's time
 * (milliseconds), and a process that may have missed one drops everything.
 * Whoever hears of something by the broadcast has heard before what its teller had deleted by then, so what is read next is not older.
 * `del` does not wait for the others to hear of it: should this process die first, the consumer of facts deletes again.
 */
export async function coherentCache(
  local: CacheStore,
  broadcast: Broadcast,
  onError: (error: unknown) => void = () => {},
): Promise<CacheStore> {
  const own = randomUUID()
  const subscription = await broadcast.subscribe(CHANNEL, (message) => {
    const { by, ids } = message as Deletion
    // Here they were deleted when that was asked; what was read since is new.
    if (by === own) return
    for (const [kind, gone] of Object.entries(ids)) void local.entries(kind, { ttl: 0 }).del(gone)
  })
  broadcast.onGap(() => void local.clear())
  const teller = new Teller((ids) => broadcast.publish(CHANNEL, { by: own, ids } satisfies Deletion), onError)
  broadcast.beforePublish(() => teller.hurry())
  return {
    entries: <Id extends string, Value>(kind: string, options: EntryOptions): DerivedEntries<Id, Value> => {
      const entries = local.entries<Id, Value>(kind, options)
      return {
        get: entries.get.bind(entries),
        set: entries.set.bind(entries),
        through: entries.through.bind(entries),
        throughMany: entries.throughMany.bind(entries),
        async del(ids, options) {
          if (ids.length === 0) return
          await entries.del(ids)
          if (!options?.onlyHere) teller.tell(kind, ids)
        },
        // The others only hear that theirs is out of date.
        async amend(ids, change) {
          if (ids.length === 0) return
          await entries.amend(ids, change)
          teller.tell(kind, ids)
        },
      }
    },
    clear: local.clear.bind(local),
    ping: local.ping.bind(local),
    async [Symbol.asyncDispose]() {
      await teller.stop()
      await subscription[Symbol.asyncDispose]()
      await local[Symbol.asyncDispose]()
    },
  }
}

/** Sends what is deleted in one moment at once, and what comes close behind it together; what could not be sent is sent again. */
class Teller {
  readonly #send: (ids: Deletion['ids']) => Promise<void>
  readonly #onError: (error: unknown) => void
  #isStopped = false
  #isFlushing = false
  #waiting: Forgotten = new Map()
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<unknown> = Promise.resolve()

  constructor(send: (ids: Deletion['ids']) => Promise<void>, onError: (error: unknown) => void) {
    this.#send = send
    this.#onError = onError
  }

  tell(kind: string, ids: Iterable<string>): void {
    this.#add(kind, ids)
    if (this.#timer || this.#isFlushing) return
    this.#isFlushing = true
    queueMicrotask(() => this.#flush())
  }

  /** Sends what waits without waiting for more. */
  hurry(): void {
    if (this.#waiting.size === 0) return
    clearTimeout(this.#timer)
    this.#flush()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#flush()
    clearTimeout(this.#timer)
    await this.#sending
  }

  #add(kind: string, ids: Iterable<string>): void {
    const waiting = this.#waiting.get(kind) ?? new Set()
    this.#waiting.set(kind, waiting)
    for (const id of ids) waiting.add(id)
  }

  #flush(): void {
    this.#timer = undefined
    this.#isFlushing = false
    if (this.#waiting.size === 0) return
    const published = this.#waiting
    this.#waiting = new Map()
    const ids = Object.fromEntries([...published].map(([kind, gone]) => [kind, [...gone]]))
    this.#sending = Promise.all([
      this.#sending,
      this.#send(ids).catch((error: unknown) => this.#again(published, error)),
    ])
    this.#timer = setTimeout(() => this.#flush(), TELL_EVERY)
  }

  #again(published: Forgotten, error: unknown): void {
    this.#onError(error)
    for (const [kind, ids] of published) this.#add(kind, ids)
    if (!this.#isStopped) this.#timer ??= setTimeout(() => this.#flush(), TELL_AGAIN)
  }
}
