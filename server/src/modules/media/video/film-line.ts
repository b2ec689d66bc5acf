/** Where a film stands in the line: so many seconds of it are to be made, and all that is not shown yet goes first. */
export interface Weight {
  seconds: number
  isLater?: boolean
}

const orderOf = ({ seconds, isLater }: Weight): number => (isLater ? 1e9 : 0) + seconds

/** What is so much shorter than what is being made may go first. */
const MUCH_SHORTER = 4

/**
 * Who is encoded when: so many at once as there is room, the shortest of those that wait first. One that takes long gives way, at the
 * end of a piece, to one that is much shorter.
 */
export class FilmLine {
  #free: number
  readonly #waiting: { weight: Weight; start(): void }[] = []

  constructor(places: number) {
    this.#free = places
  }

  /** Resolves when it is its turn; call what it answers when it is over. */
  async take(weight: Weight, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free -= 1
    else await this.#wait(weight, signal)
    return () => this.#next()
  }

  /** Whether somebody waits for whom this one should give way. */
  isToGiveWay(weight: Weight): boolean {
    return this.#waiting.some((other) => orderOf(other.weight) * MUCH_SHORTER < orderOf(weight))
  }

  #wait(weight: Weight, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const handleAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1)
        reject(signal?.reason)
      }
      const entry = {
        weight,
        start: () => {
          signal?.removeEventListener('abort', handleAbort)
          resolve()
        },
      }
      signal?.addEventListener('abort', handleAbort, { once: true })
      this.#waiting.push(entry)
      this.#waiting.sort((a, b) => orderOf(a.weight) - orderOf(b.weight))
    })
  }

  #next(): void {
    const next = this.#waiting.shift()
    if (next) next.start()
    else this.#free += 1
  }
}
