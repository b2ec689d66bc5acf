import type { Sql } from 'postgres'

interface Place {
  readonly sql: Sql
  /** Statements that were sent and are not answered. */
  underWay: number
  isTaken: boolean
  /** When it last had nothing to do, or answered; ms since some moment. */
  answered: number
}

/** Whoever has not answered for so long has something slow to do: nothing more is sent behind that while others have less to do. Milliseconds. */
const SLOW_MS = 5

/**
 * Connections, each a postgres.js handle of one. Its own pool (3.4.9) keeps a place for every statement ever sent until all connections
 * happen to be in the same state, and searches them all for each statement: 8 200 requests a second became 4 300 within half a minute.
 */
export class ConnectionPool {
  readonly #places: readonly Place[]
  /** Those who found every connection taken; each looks again when one is given back. */
  #waiting: (() => void)[] = []
  readonly #together: number

  /** `connect`: a handle of one connection, which is made when it is first used. `together`: see `share`. */
  constructor(size: number, connect: () => Sql, { together = 1 } = {}) {
    this.#together = together
    this.#places = Array.from({ length: size }, () => ({
      sql: connect(),
      underWay: 0,
      isTaken: false,
      answered: 0,
    }))
  }

  /**
   * Sends one statement: over the first connection that is quick and has fewer than `together` to do, so that what is asked in one
   * moment is one write to a process that is awake; else over the one that has the least to do.
   */
  async share<T>(send: (sql: Sql) => Promise<T>): Promise<T> {
    const place = await this.#find((found) => {
      if (found.underWay++ === 0) found.answered = performance.now()
    })
    try {
      return await send(place.sql)
    } finally {
      place.underWay--
      place.answered = performance.now()
    }
  }

  /** A connection for as long as `use` takes; what is under way on it ends before. */
  async take<T>(use: (sql: Sql) => Promise<T>): Promise<T> {
    const place = await this.#find((found) => {
      found.isTaken = true
    })
    try {
      return await use(place.sql)
    } finally {
      place.isTaken = false
      for (const lookAgain of this.#waiting.splice(0)) lookAgain()
    }
  }

  async end(options: { timeout: number }): Promise<void> {
    await Promise.all(this.#places.map(({ sql }) => sql.end(options)))
  }

  /** `mark`: before anybody else looks. */
  async #find(mark: (place: Place) => void): Promise<Place> {
    while (true) {
      const place = this.#quick() ?? this.#idlest()
      if (place) {
        mark(place)
        return place
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #quick(): Place | undefined {
    const since = performance.now() - SLOW_MS
    return this.#places.find(
      ({ underWay, isTaken, answered }) =>
        !isTaken && (underWay === 0 || (underWay < this.#together && answered > since)),
    )
  }

  #idlest(): Place | undefined {
    let best: Place | undefined
    for (const place of this.#places) {
      if (place.isTaken) continue
      if (!best || place.underWay < best.underWay) best = place
    }
    return best
  }
}
