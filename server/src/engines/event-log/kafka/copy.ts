import type { Sql } from '../../db/port.ts'
import { type Follower, type Found, type KafkaTopic, OutOfRange, TopicLost } from '../../kafka/port.ts'
import { SHARES } from '../../outbox/port.ts'
import type { CopyPlace, EventRow, Position } from '../postgres/rows.ts'
import type { Piece, ReaderSource } from '../postgres/share-reader.ts'
import { type End, endOf, isAhead } from './ends.ts'
import { readMissed } from './missed.ts'
import { follow, type Step, stepOf } from './told.ts'

export interface CopyOptions {
  db: Sql
  topic: KafkaTopic
  /** Called with what was read, and awaited, before it is handed out. */
  prepare(rows: readonly EventRow[]): Promise<void>
  onError(error: unknown): void
}

/** Records of one share that are remembered, and how many of them. */
const REMEMBERED = 4000
const AFTER_ERROR = 300
/** Milliseconds for which a share is followed when nobody waits for it any more: who handles what was found comes back. */
const WANTED_FOR = 30_000

/** Records that were found together, read. */
interface Sheet {
  /** Of the first one. */
  first: number
  next: number
  steps: readonly Step[]
  /** Resolves when they may be told. */
  ready: Promise<void>
}

/** The newest part of a share, as it came: records from `first` on, up to `next`. */
interface Newest {
  first: number
  next: number
  sheets: Sheet[]
}

/** The topic as a log to read: its newest part once for all groups of the process, what is older for each. */
export class Copy {
  readonly #options: CopyOptions
  readonly #newest = new Map<number, Newest>()
  readonly #older = new Map<string, Promise<Sheet | undefined>>()
  readonly #following: { wake(): void; stop(): Promise<void> }
  readonly #wanted = new Map<number, number>()
  #opening: Promise<void> | undefined
  #id: string | undefined
  readonly #waiting = new Map<number, Set<() => void>>()
  #isStopped = false

  constructor(options: CopyOptions) {
    this.#options = options
    this.#following = options.topic.follow(this.#follower())
  }

  readonly source: ReaderSource = {
    isAtEnd: (share, position) => this.#isAtEnd(share, position),
    next: (share, position, signal) => this.#next(share, position, signal),
  }

  /** Lets those who wait look at their signals. */
  release(): void {
    for (const share of this.#waiting.keys()) this.#tell(share)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.release()
    await this.#following.stop()
  }

  #isAtEnd(share: number, position: Position): boolean {
    const newest = this.#newest.get(share)
    return newest !== undefined && placeIn(this.#id, position) >= newest.next
  }

  async #next(share: number, position: Position, signal: AbortSignal): Promise<Piece | undefined> {
    while (!signal.aborted && !this.#isStopped) {
      const { id, newest } = await this.#open(share)
      const offset = placeIn(id, position)
      if (offset < newest.next) {
        const known = newest.sheets.find((sheet) => offset < sheet.next)
        const sheet = known && offset >= newest.first ? known : await this.#readOlder(share, offset)
        return sheet
          ? pieceOf(sheet, position, { id, offset })
          : this.#readMissed(share, position, { id, offset })
      }
      await this.#news(share, signal)
    }
    return undefined
  }

  /** Groups that begin together read together. Undefined where it is not kept. */
  async #readOlder(share: number, offset: number): Promise<Sheet | undefined> {
    const name = `${share}/${offset}`
    const known = this.#older.get(name)
    if (known) return known
    const reading = this.#read(share, offset).finally(() => this.#older.delete(name))
    this.#older.set(name, reading)
    return reading
  }

  async #read(share: number, offset: number): Promise<Sheet | undefined> {
    try {
      const found = await this.#options.topic.read(share, offset)
      if (found.records.length === 0) await new Promise((resolve) => setTimeout(resolve, AFTER_ERROR))
      return this.#sheetOf(share, offset, found)
    } catch (error) {
      if (error instanceof TopicLost) this.lose()
      if (error instanceof OutOfRange) return undefined
      throw error
    }
  }

  async #readMissed(share: number, position: Position, { id, offset }: CopyPlace): Promise<Piece> {
    const { topic, db, prepare } = this.#options
    const { first, next } = await topic.bounds()
    const [low = 0, high = 0] = [first[share], next[share]]
    // A place behind the end comes of a topic that has lost some: the relay makes it anew.
    if (offset >= low)
      return { rows: [], after: { ...position, copy: { id, offset: Math.min(offset, high) } } }
    const piece = await readMissed({ db, topic, share, position, id, first: low })
    await prepare(piece.rows)
    return piece
  }

  /** Waits, however long, for more of a share; only what somebody waits for is asked for. */
  async #news(share: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#isStopped) return
    const isNew = !this.#isWanted(share)
    const waiting = this.#waiting.get(share) ?? new Set()
    const { promise, resolve: wake } = Promise.withResolvers<void>()
    this.#waiting.set(share, waiting.add(wake))
    signal.addEventListener('abort', wake as () => void)
    if (isNew) this.#following.wake()
    await promise
    signal.removeEventListener('abort', wake as () => void)
    waiting.delete(wake)
    this.#wanted.set(share, performance.now())
  }

  #tell(share: number): void {
    for (const wake of this.#waiting.get(share) ?? []) wake()
  }

  #isWanted(share: number): boolean {
    if (this.#waiting.get(share)?.size) return true
    const at = this.#wanted.get(share)
    return at !== undefined && performance.now() - at < WANTED_FOR
  }

  #sheetOf(share: number, offset: number, { records, next }: Found): Sheet {
    const steps = records.map((record) => stepOf(share, record))
    const rows = steps.flatMap((step) => ('row' in step ? [step.row] : []))
    return { first: records[0]?.offset ?? offset, next, steps, ready: this.#options.prepare(rows) }
  }

  /** The newest part of a share begins at what is its end now. */
  async #open(share: number): Promise<{ id: string; newest: Newest }> {
    for (;;) {
      const newest = this.#newest.get(share)
      if (newest && this.#id !== undefined) return { id: this.#id, newest }
      this.#opening ??= this.#openAll().finally(() => {
        this.#opening = undefined
      })
      await this.#opening
    }
  }

  async #openAll(): Promise<void> {
    const { topic, db } = this.#options
    const ends: End[] = []
    for (let share = 0; share < SHARES; share++) ends.push(await endOf(topic, share))
    // The relay throws it away.
    if (await isAhead(db, ends)) throw new Error('the topic is ahead of the database')
    this.#id = ends[0]?.place.id
    for (const [share, { place }] of ends.entries())
      this.#newest.set(share, { first: place.offset, next: place.offset, sheets: [] })
    this.#following.wake()
  }

  /** What is known of the topic may not hold any more; where another stands there, everyone begins at its beginning. */
  lose(): void {
    this.#id = undefined
    this.#newest.clear()
    this.release()
  }

  #follower(): Follower {
    return {
      places: () => {
        const wanted = [...this.#newest].filter(([share]) => this.#isWanted(share))
        return new Map(wanted.map(([share, { next }]) => [share, next]))
      },
      take: (share, found) => this.#take(share, found),
      onError: (error) => {
        // Where a place is out of range some was lost at its end: what is there now is found anew.
        if (error instanceof TopicLost || error instanceof OutOfRange) this.lose()
        this.#options.onError(error)
      },
    }
  }

  #take(share: number, found: Found): void {
    const newest = this.#newest.get(share)
    if (newest === undefined) return
    newest.sheets.push(this.#sheetOf(share, newest.next, found))
    newest.next = found.next
    for (let oldest = newest.sheets[0]; oldest; oldest = newest.sheets[0]) {
      if (newest.next - oldest.next < REMEMBERED) break
      newest.sheets.shift()
      newest.first = oldest.next
    }
    this.#tell(share)
  }
}

/** Who has no place in this copy goes through all of it; what their position says was told already is left out. */
const placeIn = (id: string | undefined, { copy }: Position): number =>
  copy !== undefined && copy.id === id ? copy.offset : 0

async function pieceOf(sheet: Sheet, position: Position, { id, offset }: CopyPlace): Promise<Piece> {
  await sheet.ready
  const { rows, after } = follow(sheet.steps.slice(Math.max(0, offset - sheet.first)), position)
  return { rows, after: { ...after, copy: { id, offset: sheet.next } } }
}
