import { TintypeError } from '@tintype/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface PaceOptions {
  /** Milliseconds that a body may be behind the least rate, a pause on the way included. */
  patienceMs: number
  /** Bytes a second. */
  leastRate: number
  /** Milliseconds between two looks. */
  lookEveryMs: number
}

/** A tunnel's length, and half of what a poor mobile line still gives. A whole JSON body then takes a minute and a half at most. */
const PACE: PaceOptions = { patienceMs: 30_000, leastRate: 4096, lookEveryMs: 2000 }

interface Reading {
  request: FastifyRequest
  reply: FastifyReply
  /** What had come by the socket at the last look. */
  bytes: number
  /** Milliseconds it may still be behind. */
  patience: number
}

/**
 * Gives up bodies that dribble in: each may be behind a least rate for so long, and what comes faster earns that time back. One
 * timer looks after all of them, so a body that is there at once costs an entry in a set. (Node's own `requestTimeout` bounds the
 * whole, and has to leave the largest upload its time.)
 */
export class BodyPace implements Disposable {
  readonly #options: PaceOptions
  readonly #timer: NodeJS.Timeout
  readonly #readings = new Set<Reading>()
  #lookedAt = performance.now()

  constructor(options: Partial<PaceOptions> = {}) {
    this.#options = { ...PACE, ...options }
    this.#timer = setInterval(() => this.#look(), this.#options.lookEveryMs).unref()
  }

  watch(request: FastifyRequest, reply: FastifyReply): void {
    const { headers, socket } = request.raw
    if (!headers['transfer-encoding'] && Number(headers['content-length'] ?? 0) === 0) return
    const { patienceMs } = this.#options
    this.#readings.add({ request, reply, bytes: socket.bytesRead, patience: patienceMs })
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const { patienceMs, leastRate, lookEveryMs } = this.#options
    const now = performance.now()
    // While this process itself stood still nobody else was late.
    const elapsed = Math.min(now - this.#lookedAt, 2 * lookEveryMs)
    this.#lookedAt = now
    for (const reading of this.#readings) {
      const { raw } = reading.request
      if (raw.complete || raw.destroyed) {
        this.#readings.delete(reading)
        continue
      }
      const came = raw.socket.bytesRead - reading.bytes
      reading.bytes += came
      // What waits in the buffer waits for us.
      if (raw.readableLength > 0) continue
      reading.patience = Math.min(patienceMs, reading.patience - elapsed + (came / leastRate) * 1000)
      if (reading.patience < 0) this.#giveUp(reading)
    }
  }

  /** Whoever reads the body hears of it as of any broken one, and answers. */
  #giveUp(reading: Reading): void {
    this.#readings.delete(reading)
    const { request, reply } = reading
    reply.header('connection', 'close')
    if (request.raw.listenerCount('error') > 0) request.raw.emit('error', new TintypeError('request_timeout'))
    else request.raw.destroy()
  }
}
