import { NotConnected } from './errors.ts'

/** What the pool needs of a connection. */
interface Pooled {
  readonly isUsable: boolean
  readonly closed: Promise<void>
  retire(): void
  destroy(reason: Error): void
  end(ms: number): Promise<void>
}

/** Whoever has not answered for so long has something slow to do: nothing more is sent behind that while others have less to do. Milliseconds. */
const SLOW_MS = 5
/** Whoever has not answered for so long perhaps never will. Milliseconds. */
const STUCK_MS = 1000
/** Milliseconds to wait for a connection that others have taken. */
const WAIT_MS = 10_000
/** Where a connection is, or will be made when it is next used. */
class Place<C extends Pooled> {
  /** Statements that were sent and are not answered. */
  underWay = 0
  isTaken = false
  /** When it last had nothing to do, or answered; ms since some moment. */
  answered = 0
  #current: C | undefined
  #connecting: Promise<C> | undefined
  readonly #connect: () => Promise<C>

  constructor(connect: () => Promise<C>) {
    this.#connect = connect
  }

  get current(): C | undefined {
    return this.#current?.isUsable ? this.#current : undefined
  }

  connection(): Promise<C> {
    this.#connecting ??= this.#make().finally(() => {
      this.#connecting = undefined
    })
    return this.#connecting
  }

  async settled(): Promise<C | undefined> {
    await this.#connecting?.catch(() => {})
    return this.#current
  }

  async #make(): Promise<C> {
    this.#current = await this.#connect()
    return this.#current
  }
}

/** A connection of one's own, until it is given back. */
export interface Lease<C> {
  connection: C
  release(): void
}

/** A fixed number of connections, each made when it is first used, and again when it is next used after its loss. */
export class ConnectionPool<C extends Pooled> {
  readonly #places: readonly Place<C>[]
  /** Those who found every connection taken; each looks again when one is given back. */
  readonly #waiting = new Set<() => void>()
  readonly #together: number
  #isEnded = false

  /** `together`: see `share`. */
  constructor(size: number, connect: () => Promise<C>, { together = 1 } = {}) {
    this.#together = together
    this.#places = Array.from({ length: size }, () => new Place(connect))
  }

  /**
   * Sends one statement: over the first connection that is quick and has fewer than `together` to do, so that what is asked in one
   * moment is one write to a process that is awake; else over the one that has the least to do.
   */
  async share<T>(send: (connection: C) => Promise<T>): Promise<T> {
    const place = this.#find(markShared) ?? (await this.#wait(markShared))
    try {
      return await send(place.current ?? (await place.connection()))
    } finally {
      place.underWay--
      place.answered = performance.now()
    }
  }

  /** A connection for oneself; what is under way on it ends before. */
  async take(): Promise<Lease<C>> {
    const place = this.#find(markTaken) ?? (await this.#wait(markTaken))
    const release = () => {
      place.isTaken = false
      for (const lookAgain of [...this.#waiting]) lookAgain()
    }
    try {
      return { connection: place.current ?? (await place.connection()), release }
    } catch (error) {
      release()
      throw error
    }
  }

  /** All connections are made anew, each once what is under way on it has ended. */
  renew(): void {
    for (const { current } of this.#places) current?.retire()
  }

  /** Waits so many milliseconds at most for what is under way. */
  async end(ms: number): Promise<void> {
    const deadline = performance.now() + ms
    this.#isEnded = true
    for (const lookAgain of [...this.#waiting]) lookAgain()
    while (this.#places.some(({ isTaken }) => isTaken) && performance.now() < deadline)
      await this.#next(deadline)
    const left = Math.max(0, deadline - performance.now())
    await Promise.all(this.#places.map(async (place) => (await place.settled())?.end(left)))
  }

  /** `mark`: before anybody else looks. */
  #find(mark: (place: Place<C>) => void): Place<C> | undefined {
    if (this.#isEnded) throw new NotConnected(new Error('the pool has ended'))
    const place = this.#quick() ?? this.#idlest()
    if (place) mark(place)
    return place
  }

  async #wait(mark: (place: Place<C>) => void): Promise<Place<C>> {
    const deadline = performance.now() + WAIT_MS
    while (performance.now() < deadline) {
      await this.#next(deadline)
      const place = this.#find(mark)
      if (place) return place
    }
    throw new NotConnected(new Error('all connections are taken'))
  }

  /** Resolves when a connection was given back, or at the deadline. */
  async #next(deadline: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    const timer = setTimeout(resolve, deadline - performance.now())
    await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
  }

  #quick(): Place<C> | undefined {
    const since = performance.now() - SLOW_MS
    return this.#places.find(
      ({ underWay, isTaken, answered }) =>
        !isTaken && (underWay === 0 || (underWay < this.#together && answered > since)),
    )
  }

  #idlest(): Place<C> | undefined {
    const stuckBefore = performance.now() - STUCK_MS
    let best: Place<C> | undefined
    for (const place of this.#places) {
      if (place.isTaken) continue
      if (!best || costOf(place, stuckBefore) < costOf(best, stuckBefore)) best = place
    }
    return best
  }
}

const markShared = (place: Place<Pooled>) => {
  if (place.underWay++ === 0) place.answered = performance.now()
}
const markTaken = (place: Place<Pooled>) => {
  place.isTaken = true
}
/** Fewest under way first, and last whatever may never answer. */
const costOf = ({ underWay, answered }: Place<Pooled>, stuckBefore: number) =>
  underWay > 0 && answered < stuckBefore ? Number.MAX_VALUE : underWay
