import { writeSync } from 'node:fs'

/** Bytes that wait for a reader that is slower than the log; what comes beyond is dropped. */
const MOST_WAITING = 1 << 20
/** Milliseconds between two attempts while the reader takes nothing. */
const AGAIN_MS = 50

let dropped = 0
/** Lines that this process could not get rid of since it started. */
export const droppedLines = (): number => dropped

/**
 * Lines into a file descriptor, of which none may ever stop the server: a full disk, a reader that has gone (EPIPE) or a closed
 * descriptor costs the line; for a reader that is slow up to 1 MB waits. What is dropped is counted. (A destination of pino's own
 * ends the process on the former, and has it sleep on the latter.)
 */
export class LogLines {
  readonly #fd: number
  #waiting: Uint8Array[] = []
  #lines = 0
  #size = 0
  #timer: NodeJS.Timeout | undefined
  #isBroken = false

  constructor(fd: number) {
    this.#fd = fd
  }

  write(line: string): void {
    const bytes = Buffer.from(this.#isBroken ? `\n${line}` : line)
    this.#isBroken = false
    if (this.#waiting.length === 0) this.#put(bytes, 1)
    else if (this.#size + bytes.length <= MOST_WAITING) this.#keep(bytes, 1)
    else dropped++
  }

  /** Writes what waits, as far as it is taken. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const bytes = Buffer.concat(this.#waiting)
    const lines = this.#lines
    this.#waiting = []
    this.#lines = 0
    this.#size = 0
    this.#put(bytes, lines)
  }

  #put(bytes: Uint8Array, lines: number): void {
    let sent = 0
    try {
      while (sent < bytes.length) sent += writeSync(this.#fd, bytes.subarray(sent))
    } catch (error) {
      if (isBusy(error)) this.#keep(bytes.subarray(sent), lines)
      else {
        dropped += lines
        // Half a line may stand there; the next one must not become its end.
        this.#isBroken = sent > 0
      }
    }
  }

  #keep(bytes: Uint8Array, lines: number): void {
    this.#waiting.push(bytes)
    this.#lines += lines
    this.#size += bytes.length
    this.#timer ??= setTimeout(() => this.flush(), AGAIN_MS).unref()
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EAGAIN'
