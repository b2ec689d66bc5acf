import { SHARES } from '../../outbox/port.ts'
import type { TailRead } from './log-store.ts'
import type { EventRow } from './rows.ts'

/** All events of the transactions [lo, hi), by share and in order; undefined where they are too many to be held at once. */
export interface Window {
  lo: number
  hi: number
  byShare: readonly (readonly EventRow[])[] | undefined
}

export interface TailOptions {
  read(xid: number, limit: number): Promise<TailRead>
  onError(error: unknown): void
  /** Milliseconds: the shortest pause while events come, the longest while transactions run, and the one that only makes up for lost wake-ups. */
  pauses?: { busy: number; patient: number; idle: number }
}

/** Rows of one window, and of all windows that are remembered. */
export const WINDOW_ROWS = 2000
const REMEMBERED_ROWS = 20_000
const REMEMBERED_WINDOWS = 500
const AFTER_ERROR = 500
/** Milliseconds. */
const LONGEST_PACE = 200
const MS_PER_ROW = 2
/** A window that would soon be too large to be held. */
const CROWDED_ROWS = WINDOW_ROWS * 0.6

/**
 * Reads the newest part of the log once for all groups and shares of this process, and remembers it for a while. Sleeps
 * until woken; looks again soon while something comes or a transaction that may bring something runs.
 */
export class Tail {
  readonly #options: TailOptions
  readonly #pauses: { busy: number; patient: number; idle: number }
  #windows: Window[] = []
  #remembered = 0
  #frontier = 0
  #pause = 0
  #pace: number
  #lastRead = 0
  #timer: NodeJS.Timeout | undefined
  #dueAt = Number.POSITIVE_INFINITY
  #reading: Promise<void> | undefined
  #wanted = false
  #stopped = false
  #waiting: (() => void)[] = []

  constructor(options: TailOptions) {
    this.#options = options
    this.#pauses = options.pauses ?? { busy: 8, patient: 100, idle: 1000 }
    this.#pace = this.#pauses.busy
  }

  /** Everything below has been read, or is to be read by whoever needs it. */
  get frontier(): number {
    return this.#frontier
  }

  get isStopped(): boolean {
    return this.#stopped
  }

  /** Begins at the present end; what lies before is read by those who still need it. */
  async start(): Promise<void> {
    this.#frontier = (await this.#options.read(0, 0)).horizon
    this.#arm(0)
  }

  /** Something was committed, or is about to be. */
  wake(): void {
    if (this.#reading) this.#wanted = true
    else this.#arm(Math.max(0, this.#lastRead + this.#pace - performance.now()))
  }

  /** Resolves after a read that began after this call. */
  async poke(): Promise<void> {
    await this.#reading
    await this.#read()
  }

  /**
   * The remembered window in which `xid` lies, waiting for it if it is yet to come; undefined when it is too long ago and
   * [xid, frontier) has to be read for oneself, or when `signal` is aborted.
   */
  async next(xid: number, signal: AbortSignal): Promise<Window | undefined> {
    while (!signal.aborted && !this.#stopped) {
      const found = this.#windows.findLast((window) => window.lo <= xid)
      if (found !== undefined && xid < found.hi) return found
      if (xid < this.#frontier) return undefined
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    return undefined
  }

  /** Lets those who wait look at their signals. */
  release(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.release()
    await this.#reading
  }

  #arm(delay: number): void {
    const dueAt = performance.now() + delay
    if (this.#stopped || this.#dueAt <= dueAt) return
    clearTimeout(this.#timer)
    this.#dueAt = dueAt
    this.#timer = setTimeout(() => {
      if (!this.#reading) void this.#read()
    }, delay)
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = undefined
      this.#dueAt = Number.POSITIVE_INFINITY
      if (this.#wanted) this.wake()
      else this.#arm(this.#pause)
      this.#wanted = false
    })
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    clearTimeout(this.#timer)
    this.#lastRead = performance.now()
    try {
      const { horizon, isBusy, rows } = await this.#options.read(this.#frontier, WINDOW_ROWS + 1)
      this.#pace = this.#paceFor(rows.length)
      this.#pause = this.#nextPause(rows.length > 0, isBusy)
      if (rows.length === 0) return
      this.#remember({ lo: this.#frontier, hi: horizon, byShare: bySharesOf(rows) }, rows.length)
    } catch (error) {
      this.#pause = AFTER_ERROR
      if (!this.#stopped) this.#options.onError(error)
    }
  }

  /**
   * The more comes at once, the longer the next look waits, for consumers cost most by the batch: with some hundred events a
   * second they are told in turn within milliseconds, with thousands in batches five times a second.
   */
  #paceFor(rows: number): number {
    const { busy } = this.#pauses
    if (rows > CROWDED_ROWS) return Math.max(busy, LONGEST_PACE / 4)
    return Math.max(busy, Math.min(LONGEST_PACE, MS_PER_ROW * rows))
  }

  #nextPause(found: boolean, isBusy: boolean): number {
    const { busy, patient, idle } = this.#pauses
    if (found) return this.#pace
    if (!isBusy) return idle
    return this.#pause >= idle ? busy : Math.min(patient, Math.max(busy, this.#pause * 1.5))
  }

  /** An empty stretch is not remembered: the next window begins where the last one ended, so windows leave no gap. */
  #remember(window: Window, rows: number): void {
    this.#windows.push(window)
    this.#remembered += rows
    this.#frontier = window.hi
    while (this.#remembered > REMEMBERED_ROWS || this.#windows.length > REMEMBERED_WINDOWS) {
      const dropped = this.#windows.shift()
      this.#remembered -= rowsOf(dropped)
    }
    this.release()
  }
}

function bySharesOf(rows: EventRow[]): EventRow[][] | undefined {
  if (rows.length > WINDOW_ROWS) return undefined
  const shares: EventRow[][] = Array.from({ length: SHARES }, () => [])
  rows.sort((a, b) => a.seq - b.seq)
  for (const row of rows) shares[row.share]?.push(row)
  return shares
}

const rowsOf = (window: Window | undefined) =>
  window?.byShare?.reduce((sum, rows) => sum + rows.length, 0) ?? WINDOW_ROWS + 1
