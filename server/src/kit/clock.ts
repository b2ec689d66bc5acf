/** Where the time comes from: the machine's in production, a set one in tests. Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands until it is moved. */
export class FakeClock implements Clock {
  #now: number

  constructor(start: number | string = '2026-01-01T12:00:00Z') {
    this.#now = typeof start === 'string' ? Date.parse(start) : start
  }

  now(): number {
    return this.#now
  }

  /** Moves on by so many milliseconds. */
  advance(ms: number): void {
    this.#now += ms
  }
}
