/** How much of a stream is kept for who comes back. Whoever stays away for longer, or misses more, fetches. */
export const kept = { ms: 120_000, messages: 128, bytes: 64 * 1024 }

interface Entry<T> {
  seq: number
  at: number
  bytes: number
  value: T
}

/** The last messages of a stream, in order. */
export class Ring<T> {
  #entries: Entry<T>[] = []
  #bytes = 0
  /** All that came after this number is here. */
  #floor: number

  constructor(floor: number) {
    this.#floor = floor
  }

  push(entry: Entry<T>): void {
    this.#entries.push(entry)
    this.#bytes += entry.bytes
    this.trim(entry.at)
  }

  /** What came after `seq`; undefined where that is not known any more. */
  since(seq: number, now: number): Entry<T>[] | undefined {
    this.trim(now)
    return seq < this.#floor ? undefined : this.#entries.filter((entry) => entry.seq > seq)
  }

  trim(now: number): void {
    let gone = 0
    for (const { seq, at, bytes } of this.#entries) {
      const isKept = this.#entries.length - gone <= kept.messages && this.#bytes <= kept.bytes
      if (isKept && now - at <= kept.ms) break
      this.#floor = seq
      this.#bytes -= bytes
      gone++
    }
    if (gone > 0) this.#entries.splice(0, gone)
  }

  clear(floor: number): void {
    this.#entries = []
    this.#bytes = 0
    this.#floor = floor
  }
}
