import { randomUUID } from 'node:crypto'
import type { Broadcast } from '../broadcast/port.ts'
import type { Cache } from './port.ts'

const CHANNEL = 'cache.del'
/** Milliseconds in which deletions are told together: one message a deed would cost more than the deed. */
const TELL_EVERY = 10
/** Milliseconds after which a message that could not be sent is sent again. */
const TELL_AGAIN = 100

interface Deletion {
  /** The cache that asked for it. */
  by: string
  keys: string[]
}

/**
 * Makes in-process caches of several processes agree: a `del` in one is a `del` in all, within a broadcast's time
 * (milliseconds), and a process that may have missed one drops everything. A cache that is shared needs none of it.
 * `del` does not wait for the others to be told: should this process die first, a consumer of the fact deletes again.
 */
export async function coherentCache(
  local: Cache,
  broadcast: Broadcast,
  onError: (error: unknown) => void = () => {},
): Promise<Cache> {
  const own = randomUUID()
  const subscription = await broadcast.subscribe(CHANNEL, (message) => {
    const { by, keys } = message as Deletion
    // Here they were deleted when that was asked; what was read since is new.
    if (by !== own) void local.del(keys)
  })
  broadcast.onGap(() => void local.clear())
  const teller = new Teller(
    (keys) => broadcast.publish(CHANNEL, { by: own, keys } satisfies Deletion),
    onError,
  )
  const wrapper: Pick<Cache, 'del' | typeof Symbol.asyncDispose> = {
    async del(keys) {
      if (keys.length === 0) return
      await local.del(keys)
      teller.tell(keys)
    },
    async [Symbol.asyncDispose]() {
      await teller.stop()
      await subscription[Symbol.asyncDispose]()
      await local[Symbol.asyncDispose]()
    },
  }
  return {
    get: local.get.bind(local),
    getMany: local.getMany.bind(local),
    set: local.set.bind(local),
    setMany: local.setMany.bind(local),
    incr: local.incr.bind(local),
    takeToken: local.takeToken.bind(local),
    through: local.through.bind(local),
    throughMany: local.throughMany.bind(local),
    clear: local.clear.bind(local),
    ping: local.ping.bind(local),
    ...wrapper,
  }
}

/** Sends the first keys at once and those that come close behind them together; what could not be sent is sent again. */
class Teller {
  readonly #send: (keys: string[]) => Promise<void>
  readonly #onError: (error: unknown) => void
  #isStopped = false
  #waiting = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<unknown> = Promise.resolve()

  constructor(send: (keys: string[]) => Promise<void>, onError: (error: unknown) => void) {
    this.#send = send
    this.#onError = onError
  }

  tell(keys: readonly string[]): void {
    for (const key of keys) this.#waiting.add(key)
    if (!this.#timer) this.#flush()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#flush()
    clearTimeout(this.#timer)
    await this.#sending
  }

  #flush(): void {
    this.#timer = undefined
    if (this.#waiting.size === 0) return
    const keys = [...this.#waiting]
    this.#waiting = new Set()
    this.#sending = Promise.all([
      this.#sending,
      this.#send(keys).catch((error: unknown) => this.#again(keys, error)),
    ])
    this.#timer = setTimeout(() => this.#flush(), TELL_EVERY)
  }

  #again(keys: readonly string[], error: unknown): void {
    this.#onError(error)
    for (const key of keys) this.#waiting.add(key)
    if (!this.#isStopped) this.#timer ??= setTimeout(() => this.#flush(), TELL_AGAIN)
  }
}
