import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../kit/logger.ts'

export interface OverloadOptions {
  /** Milliseconds a turn of the event loop may take before the rest of it is refused; 0: any. */
  turnMs: number
  /** Requests that may be under way at once; 0: any number. */
  requests: number
  logger: Pick<Logger, 'warn'>
  /** Milliseconds that only go up. */
  now?: () => number
}

/** Who is turned away before whom: visitors' reads, then members', and what changes something (or logs in) last of all. */
export type Rank = 'visitor' | 'reader' | 'writer'
/** Of both bounds, what each may fill. */
const SHARES: Readonly<Record<Rank, number>> = { visitor: 0.7, reader: 0.9, writer: 1 }

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>

/** Seconds after which whoever was turned away may come again. */
const RETRY_AFTER = 2
/** Milliseconds between two signs of the event loop, while it has time. */
const SIGN_EVERY = 20
/**
 * A long turn that began so few requests was not made long by them (a slow disk, collected garbage, a laptop that slept), and
 * sending them away would help nobody.
 */
const FEW = 50
/** Milliseconds between two lines about it in the log. */
const TELL_EVERY = 10_000

/**
 * Says when a process has more to do than it can. Two measures, each a comparison per request:
 *
 * - how long the event loop's present turn takes: a timer of 20 ms stamps each turn, and a request that finds the stamp too old
 *   comes in a turn that already makes everybody wait. What is refused costs next to nothing, so the turn ends soon and the next
 *   one works again: the process serves as much as it can instead of answering all of them late.
 * - how many requests are under way: where the time goes in the database, turns are short while the queue grows.
 *
 * `monitorEventLoopDelay` and `eventLoopUtilization` tell of the past only, when the turn that is too long is over, and a
 * utilisation of 1 is no trouble in itself: it is what a benchmark wants.
 */
export class Overload implements Disposable {
  readonly #options: OverloadOptions
  readonly #now: () => number
  readonly #timer: NodeJS.Timeout
  #turnedAt: number
  #begun = 0
  #underWay = 0
  #refused = 0
  #loggedAt = Number.NEGATIVE_INFINITY

  constructor(options: OverloadOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
    this.#turnedAt = this.#now()
    this.#timer = setInterval(() => this.turn(), SIGN_EVERY).unref()
  }

  /** Requests whose handlers have not ended. */
  get underWay(): number {
    return this.#underWay
  }

  /** Seconds to stay away, for a request that comes in now; undefined where there is room for it. */
  overloaded = (rank: Rank = 'writer'): number | undefined => {
    const { turnMs, requests } = this.#options
    const share = SHARES[rank]
    this.#begun++
    const isFull = requests > 0 && this.#underWay >= requests * share
    const isLate = turnMs > 0 && this.#begun > FEW && this.#now() - this.#turnedAt > turnMs * share
    if (!isFull && !isLate) return undefined
    this.#refused++
    return RETRY_AFTER
  }

  /** Counts a request as under way until its handler ends: also when the caller is gone, for its work is still there. */
  counted = (handler: Handler): Handler => {
    return async (request, reply) => {
      this.#underWay++
      try {
        return await handler(request, reply)
      } finally {
        this.#underWay--
      }
    }
  }

  /** The event loop came round. */
  turn(): void {
    this.#turnedAt = this.#now()
    this.#begun = 0
    if (this.#refused === 0 || this.#turnedAt - this.#loggedAt < TELL_EVERY) return
    this.#options.logger.warn(
      { refused: this.#refused, under_way: this.#underWay },
      'more requests came than this process can take; the refused ones were answered 503',
    )
    this.#loggedAt = this.#turnedAt
    this.#refused = 0
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}
