import type { Part } from './cutter.ts'
import { type Listed, type ListedSegment, lengthOf, mediaPlaylist, SHORTEST_SEGMENT } from './playlist.ts'

interface Segment extends ListedSegment {
  parts: Part[]
}

/** Segments that can be asked for; some twenty seconds. */
const KEPT = 10
/** Bytes of a segment: four seconds of the best that is sent live are a quarter of it. All that is kept is ten times as much. */
const MOST_BYTES = 16 * 1024 * 1024

export interface Finished {
  msn: number
  run: number
  bytes: Buffer
  seconds: number
}

/** What a player can ask for of one quality while a live goes on: the last segments, in memory. */
export class Stage {
  readonly #rung: number
  readonly #inits = new Map<number, Buffer>()
  #segments: Segment[] = []
  #breaks = 0
  #next: number
  #run = -1
  #ended = false
  #released = false
  #waiting: (() => void)[] = []

  /** `first`: the number of its first segment. */
  constructor(rung: number, first = 0) {
    this.#rung = rung
    this.#next = first
  }

  /** The source begins, or begins anew: what comes is played with this. Answers the segment that ends with it. */
  begin(run: number, init: Buffer): Finished | undefined {
    const finished = this.#finish()
    this.#run = run
    this.#inits.set(run, init)
    return finished
  }

  /** What came until now is shown to nobody any more; what is begins with the next key frame. */
  forgetAll(): void {
    this.#segments = []
    this.#wake()
  }

  /** Answers the segment that ends with it. */
  add(part: Part): Finished | undefined {
    if (this.#segments.length === 0 && !part.key) return undefined
    const last = this.#open
    const isNew = !last || (part.key && lengthOf(last) >= SHORTEST_SEGMENT)
    const finished = isNew ? this.#finish() : undefined
    if (isNew) {
      this.#segments.push({ msn: this.#next++, run: this.#run, parts: [part], done: false })
      this.#forget()
    } else last.parts.push(part)
    this.#wake()
    return finished
  }

  /** Nothing more comes for now. Answers the segment that ends with it. */
  pause(): Finished | undefined {
    const finished = this.#finish()
    this.#wake()
    return finished
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  /** From now on nobody waits for what comes next: this process stops, the live goes on in another. */
  release(): void {
    this.#released = true
    this.#wake()
  }

  /** No film is so large: key frames do not come, or pictures that nobody could be sent in time. */
  get isTooLarge(): boolean {
    return (this.#open?.parts.reduce((sum, { bytes }) => sum + bytes.length, 0) ?? 0) > MOST_BYTES
  }

  get hasBegun(): boolean {
    return this.#segments.length > 0
  }

  playlist(): string {
    return mediaPlaylist(this.#rung, this.listed())
  }

  listed(): Listed {
    return { segments: this.#segments, breaks: this.#breaks, ended: this.#ended }
  }

  init(run: number): Buffer | undefined {
    return this.#inits.get(run)
  }

  segment(msn: number): Buffer | undefined {
    const found = this.#segments.find((one) => one.msn === msn)
    return found?.done ? Buffer.concat(found.parts.map(({ bytes }) => bytes)) : undefined
  }

  part(msn: number, part: number): Buffer | undefined {
    return this.#segments.find((one) => one.msn === msn)?.parts[part]?.bytes
  }

  /** Whether so much is there; without `part` the whole segment. */
  has(msn: number, part?: number): boolean {
    const last = this.#segments.at(-1)
    if (!last || last.msn < msn) return false
    return last.msn > msn || last.done || (part !== undefined && last.parts.length > part)
  }

  /** Whether it is the next thing to come, or the one after it: what is further ahead is not waited for. */
  isNear(msn: number): boolean {
    return msn <= this.#next + 1
  }

  /** Resolves when so much is there, when it has ended, or when the time is over. */
  async until(msn: number, part: number | undefined, ms: number): Promise<void> {
    const last = performance.now() + ms
    while (!this.#ended && !this.#released && !this.has(msn, part)) {
      const left = last - performance.now()
      if (left <= 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const timer = setTimeout(resolve, left)
      this.#waiting.push(resolve)
      await promise
      clearTimeout(timer)
    }
  }

  get #open(): Segment | undefined {
    const last = this.#segments.at(-1)
    return last && !last.done ? last : undefined
  }

  #finish(): Finished | undefined {
    const open = this.#open
    if (!open) return undefined
    open.done = true
    const { msn, run } = open
    return { msn, run, bytes: Buffer.concat(open.parts.map(({ bytes }) => bytes)), seconds: lengthOf(open) }
  }

  #forget(): void {
    while (this.#segments.length > KEPT) {
      const [gone, next] = this.#segments
      this.#segments.shift()
      if (!gone || gone.run === next?.run) continue
      this.#breaks += 1
      this.#inits.delete(gone.run)
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
