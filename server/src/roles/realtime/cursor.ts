import { randomBytes } from 'node:crypto'

/**
 * Where this process stands in all that it has to say. A cursor is `epoch:seq`. Numbers rise over all streams of the process, so that a
 * stream which was forgotten and begun anew does not take an old cursor for one of its own.
 */
export class Position {
  #epoch = newEpoch()
  #seq = 0

  get now(): number {
    return this.#seq
  }

  next(): number {
    return ++this.#seq
  }

  /** Cursors given out until now lead nowhere any more: what came after them may have been missed. */
  renew(): void {
    this.#epoch = newEpoch()
  }

  cursor(seq: number): string {
    return `${this.#epoch}:${seq}`
  }

  /** Undefined where it is another process's, from before a gap, or no cursor at all. */
  read(cursor: string | undefined): number | undefined {
    const [epoch, digits = ''] = cursor?.split(':') ?? []
    return epoch === this.#epoch && /^\d{1,15}$/.test(digits) ? Number(digits) : undefined
  }
}

const newEpoch = () => randomBytes(9).toString('base64url')
