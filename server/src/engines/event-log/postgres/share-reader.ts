import type { Chunk, EventRow, Position, Task } from './rows.ts'

/** Events of a share in the order in which they are told, and how far the share has been read with them. */
export interface Piece {
  rows: readonly EventRow[]
  after: Position
}

/** Where a share's reader finds what comes next. */
export interface ReaderSource {
  /** Nothing is known to come behind a position. */
  isAtEnd(share: number, position: Position): boolean
  /** What comes behind a position, waiting for it; undefined once `signal` is aborted, or where nothing is read any more. */
  next(share: number, position: Position, signal: AbortSignal): Promise<Piece | undefined>
}

export interface ReaderHost {
  readonly types: ReadonlySet<string>
  room(): Promise<void>
  take(tasks: readonly Task[]): void
  /** Something may be ready to be written. */
  touch(): void
  onError(error: unknown): void
}

/**
 * A read that takes longer than this (ms) no longer holds the cursor: its open events are parked, and go on. A few slow ones
 * are parked soon; many are rather a backlog, which parking would only add to.
 */
const slowAfter = (open: number) => (open <= 32 ? 1000 : 15_000)
const AFTER_ERROR = 500

/** Follows the log for one group and share, hands its events out, and knows how far all of them are settled. */
export class ShareReader {
  readonly share: number
  readonly #source: ReaderSource
  readonly #host: ReaderHost
  readonly #abort = new AbortController()
  #read: Position
  #settled: Position
  #written: Position
  #chunks: Chunk[] = []
  #hasNews = false
  #isEnded = false

  constructor(share: number, position: Position, source: ReaderSource, host: ReaderHost) {
    this.share = share
    this.#source = source
    this.#host = host
    this.#read = this.#settled = this.#written = position
  }

  /** Has handed out everything that the process knows of. */
  get isAtFrontier(): boolean {
    return this.#source.isAtEnd(this.share, this.#read)
  }

  /** Until `stop`. Reads no further than there is room. */
  async run(): Promise<void> {
    const { signal } = this.#abort
    while (!signal.aborted) {
      try {
        await this.#host.room()
        if (signal.aborted || !(await this.#step(signal))) return
      } catch (error) {
        if (signal.aborted) return
        this.#host.onError(error)
        await new Promise((resolve) => setTimeout(resolve, AFTER_ERROR))
      }
    }
  }

  /** Hands out nothing more. */
  stop(): void {
    this.#abort.abort()
  }

  /**
   * After `stop`, when no handler of the share runs any more: what is left of reads that were begun is parked, so that
   * the next owner is told nothing twice.
   */
  end(): void {
    this.#isEnded = true
  }

  /**
   * How far the cursor may go: behind every read whose events are settled. Slow ones are given to `park`, which has to be
   * written with the cursor. Undefined when there is nothing worth writing; `all` counts moves over others' events too.
   */
  advance(now: number, all: boolean, park: (task: Task) => void): Position | undefined {
    let begun = this.#isEnded ? this.#chunks.findLastIndex((chunk) => chunk.open < chunk.tasks.length) : -1
    for (let chunk = this.#chunks[0]; chunk !== undefined; chunk = this.#chunks[0]) {
      if (chunk.open > 0 && begun < 0 && now - chunk.since < slowAfter(chunk.open)) break
      begun--
      for (const task of chunk.tasks) {
        if (task.chunk !== chunk) continue
        task.chunk = undefined
        task.parked = true
        park(task)
      }
      this.#chunks.shift()
      this.#settled = chunk.after
      this.#hasNews ||= chunk.tasks.length > 0
    }
    return this.#settled !== this.#written && (all || this.#hasNews) ? this.#settled : undefined
  }

  get settled(): Position {
    return this.#settled
  }

  /** Reads whose events are not settled. */
  get hasOpen(): boolean {
    return this.#chunks.length > 0
  }

  wrote(position: Position): void {
    this.#written = position
    this.#hasNews = this.#settled !== position && this.#hasNews
  }

  /** False where the source has ended. */
  async #step(signal: AbortSignal): Promise<boolean> {
    const piece = await this.#source.next(this.share, this.#read, signal)
    if (piece === undefined) return false
    if (!signal.aborted) this.#take(piece)
    return true
  }

  #take({ rows, after }: Piece): void {
    this.#read = after
    const chunk: Chunk = { after, tasks: [], open: 0, since: performance.now() }
    for (const row of rows)
      if (this.#host.types.has(row.type)) chunk.tasks.push({ row, chunk, parked: false, attempts: 0 })
    chunk.open = chunk.tasks.length
    this.#chunks.push(chunk)
    if (chunk.open === 0) return
    this.#host.touch()
    this.#host.take(chunk.tasks)
  }
}
