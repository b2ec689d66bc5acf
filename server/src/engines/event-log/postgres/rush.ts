import type { Urgency } from '../port.ts'

/** Somebody who has work to do. */
export interface Worker {
  /** When it began to have more to do than it has hands for, by the process's clock; undefined: it has not. */
  readonly lateSince: number | undefined
}

interface RushOptions {
  /** Milliseconds of lateness from which others hold back. */
  lateMs: number
  /** Milliseconds between two pieces of work of who holds back. */
  restMs: number
}

const ORDER: readonly Urgency[] = ['first', 'soon', 'usual', 'last']

/**
 * Who goes first in a process when there is more to do than can be done: while one of more urgency is late, the others do one piece of work at a time,
 * with a rest in between. So nobody stands still, and as long as nobody is late it changes nothing.
 */
export class Rush {
  readonly restMs: number
  readonly #lateMs: number
  readonly #workers: Set<Worker>[] = ORDER.map(() => new Set())

  constructor({ lateMs, restMs }: RushOptions = { lateMs: 1000, restMs: 50 }) {
    this.#lateMs = lateMs
    this.restMs = restMs
  }

  join(worker: Worker, urgency: Urgency = 'usual'): void {
    this.#workers[ORDER.indexOf(urgency)]?.add(worker)
  }

  /** Whether a worker of that urgency is to hold back. */
  isOn(urgency: Urgency = 'usual'): boolean {
    const before = performance.now() - this.#lateMs
    for (const workers of this.#workers.slice(0, ORDER.indexOf(urgency)))
      for (const { lateSince } of workers) if (lateSince !== undefined && lateSince <= before) return true
    return false
  }
}
