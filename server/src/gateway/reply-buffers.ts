import type { FastifyReply } from 'fastify'
import { bytesAtMost, type Pieces, writePieces } from '../kit/pieces.ts'

/** Bytes; a page of twenty posts takes 50 KB. A reply that may need more gets a buffer of its own. */
const SIZE = 128 * 1024
/** Buffers that wait to be used again: as many as replies were ever on their way at once, up to this. */
const KEPT = 64

/**
 * Buffers that replies are written into, each used again once its reply has left. Ten thousand pages a second as strings, or each in a
 * buffer of its own, are half a gigabyte a second for the garbage collector.
 */
export class ReplyBuffers {
  readonly #free: Buffer[] = []

  /** The text of the pieces, good until the reply is finished. */
  write(pieces: Pieces, reply: FastifyReply): Buffer {
    const room = bytesAtMost(pieces)
    if (room > SIZE) {
      const own = Buffer.allocUnsafeSlow(room)
      return own.subarray(0, writePieces(pieces, own))
    }
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(SIZE)
    // Finished: the system has taken all of it. Where the caller hangs up before, the buffer is left to the garbage collector.
    reply.raw.once('finish', () => {
      if (this.#free.length < KEPT) this.#free.push(buffer)
    })
    return buffer.subarray(0, writePieces(pieces, buffer))
  }
}
