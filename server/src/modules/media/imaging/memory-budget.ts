import type { ImagingTask } from './process.ts'

const MB = 1024 * 1024
/** What a process takes by itself, bytes. */
const BASE = 100 * MB
/** Bytes a pixel at the peak, measured; HEIC decodes in WebAssembly. */
const PER_PIXEL: Record<ImagingTask['type'], number> = {
  'image/jpeg': 6,
  'image/png': 8,
  'image/gif': 8,
  'image/webp': 8,
  'image/avif': 13,
  'image/heic': 20,
  'image/heif': 20,
}

/** Bytes that a process takes at most while it works on a picture. */
export const weightOf = ({ type, pixels }: Pick<ImagingTask, 'type' | 'pixels'>): number =>
  BASE + PER_PIXEL[type] * pixels

/** A process that has nothing to do and yet holds memory. */
export interface Parked {
  bytes: number
  /** Resolves when it holds nothing any more. */
  close(): Promise<void>
}

/**
 * The memory of all picture processes together. A picture waits until it fits, first come, first served; idle processes are ended
 * to make room. One that is larger than all there is runs alone.
 */
export class MemoryBudget {
  readonly #total: number
  readonly #parked = new Set<Parked>()
  readonly #waiting: { bytes: number; start(): void }[] = []
  #taken = 0
  /** Of processes that were ended and are not gone yet. */
  #leaving = 0

  constructor(bytes = 1024 * MB) {
    this.#total = bytes
  }

  /** Resolves when so many bytes are free; call what it answers when they are no longer needed. */
  async take(wanted: number): Promise<() => void> {
    const bytes = Math.min(wanted, this.#total)
    await new Promise<void>((start) => {
      this.#waiting.push({ bytes, start })
      this.#startNext()
    })
    return () => {
      this.#taken -= bytes
      this.#startNext()
    }
  }

  park(process: Parked): void {
    this.#parked.add(process)
    this.#startNext()
  }

  /** It has work again, or has ended. */
  unpark(process: Parked): void {
    this.#parked.delete(process)
  }

  #startNext(): void {
    for (let next = this.#waiting[0]; next && this.#fits(next.bytes); next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#taken += next.bytes
      next.start()
    }
    this.#endIdle()
  }

  #fits(bytes: number): boolean {
    return this.#taken + this.#leaving + bytes <= this.#total
  }

  /** The largest first: WebAssembly memory never shrinks. */
  #endIdle(): void {
    const largestFirst = [...this.#parked].sort((a, b) => b.bytes - a.bytes)
    let held = largestFirst.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const process of largestFirst) {
      if (this.#taken + held <= this.#total) return
      held -= process.bytes
      this.#parked.delete(process)
      void this.#end(process)
    }
  }

  async #end(process: Parked): Promise<void> {
    this.#leaving += process.bytes
    await process.close()
    this.#leaving -= process.bytes
    this.#startNext()
  }
}
