import { TintypeError } from '@tintype/contract'
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  wrap,
} from 'cockatiel'

export interface BreakerOptions {
  /** As a sentence begins with it. */
  name: string
  /** Whether a failure says that nobody is there, and not that the question was wrong. */
  isSilence(error: unknown): boolean
  /** Failures in a row after which nothing is asked for `restMs`, then one question until it is answered. */
  failures?: number
  restMs?: number
  /** Questions under way at once, above which none is asked: what waits for one engine leaves room for all else. */
  most?: number
}

export type Breaker = <T>(question: () => Promise<T>) => Promise<T>

/**
 * Asks nothing of whom does not answer: a second of waiting for each request is worse than none answered, and fills a process with what
 * waits. Rejects at once with `unavailable` then. Some microseconds for each question: for what is on the other side of a network.
 */
export function breaker({ name, isSilence, failures = 5, restMs = 2000, most }: BreakerOptions): Breaker {
  const circuit = circuitBreaker(handleWhen(isSilence), {
    halfOpenAfter: restMs,
    breaker: new ConsecutiveBreaker(failures),
  })
  const policy = most === undefined ? circuit : wrap(bulkhead(most), circuit)
  const refusal = () =>
    // No cause: of many that are refused the log needs not tell each.
    new TintypeError('unavailable', {
      message: `${name} cannot be used.`,
      details: { retry_after: Math.ceil(restMs / 1000) },
    })
  return async (question) => {
    try {
      return await policy.execute(question)
    } catch (error) {
      throw error instanceof BrokenCircuitError || error instanceof BulkheadRejectedError ? refusal() : error
    }
  }
}
