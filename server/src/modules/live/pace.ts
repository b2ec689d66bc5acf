/** How fast is read what somebody sends: so much a second on average, of which some may come ahead of its time. */
export class Pace {
  readonly #perMs: number
  readonly #aheadMs: number
  /** When all that came would have come at that pace. */
  #due = Number.NEGATIVE_INFINITY

  constructor({ bytesPerSecond, aheadSeconds }: { bytesPerSecond: number; aheadSeconds: number }) {
    this.#perMs = bytesPerSecond / 1000
    this.#aheadMs = aheadSeconds * 1000
  }

  /** Milliseconds until more is to be read. */
  take(bytes: number, now: number): number {
    this.#due = Math.max(this.#due, now - this.#aheadMs) + bytes / this.#perMs
    return Math.max(0, this.#due - now)
  }
}
