import type { Clock } from '../../kit/clock.ts'
import { kept } from './ring.ts'

/** Streams nobody listens to are kept for a while, for who comes back; so many at most, those left first go first. */
const MOST = 10_000

export class Lingering<K> {
  readonly #clock: Clock
  readonly #drop: (key: K) => void
  /** When each was left, the one left first in front. */
  readonly #left = new Map<K, number>()

  constructor(clock: Clock, drop: (key: K) => void) {
    this.#clock = clock
    this.#drop = drop
  }

  left(key: K): void {
    this.#left.delete(key)
    this.#left.set(key, this.#clock.now())
    if (this.#left.size > MOST) this.#dropFirst()
  }

  back(key: K): void {
    this.#left.delete(key)
  }

  sweep(): void {
    const before = this.#clock.now() - kept.ms
    for (const at of this.#left.values()) {
      if (at >= before) return
      this.#dropFirst()
    }
  }

  #dropFirst(): void {
    for (const key of this.#left.keys()) {
      this.#left.delete(key)
      this.#drop(key)
      return
    }
  }
}
