import { Client, errors } from '@opensearch-project/opensearch'
import { TintypeError } from '@tintype/contract'
import { ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel'
import { within } from '../../../kit/within.ts'

/** Milliseconds: for what somebody waits for, for writes, and for making or dropping an index. */
export const waits = { search: 2000, write: 10_000, index: 30_000, ping: 1000 } as const
/** Failures in a row after which nothing is asked for so many milliseconds, then one question at a time. */
const FAILURES = 5
const REST_MS = 2000

interface Options {
  requestTimeout: number
  maxRetries: number
  ignore?: number[]
}

/** A client whose every question has an end, and that asks nothing for a while where nobody answers. */
export class OpenSearchClient {
  readonly #client: Client
  readonly #breaker = circuitBreaker(handleWhen(isSilence), {
    halfOpenAfter: REST_MS,
    breaker: new ConsecutiveBreaker(FAILURES),
  })

  constructor(nodes: readonly string[]) {
    this.#client = new Client({ nodes: [...nodes], name: 'tintype' })
  }

  /**
   * Rejects with `unavailable` where OpenSearch cannot be used, and with what it says where the question is wrong. A status in `but` is an
   * answer. What failed, or took half of the time, is asked of another node once more.
   */
  async ask<T>(
    ms: number,
    question: (client: Client, options: Options) => Promise<{ body: T }>,
    but: number[] = [],
  ): Promise<T> {
    const options = { requestTimeout: ms / 2, maxRetries: 1, ignore: but }
    try {
      const { body } = await this.#breaker.execute(() => within(ms, question(this.#client, options)))
      return body
    } catch (cause) {
      if (statusOf(cause) !== undefined && !isRefusal(statusOf(cause))) throw cause
      throw unavailable(cause)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close()
  }
}

export const unavailable = (cause: unknown): TintypeError =>
  new TintypeError('unavailable', { message: 'OpenSearch cannot be used.', cause })

/** What an answer of OpenSearch came with; undefined where there was none. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof errors.ResponseError ? error.statusCode : undefined

/** It may do later what it does not now: a password is wrong, a disk full, too much to do, a part of the index not there. */
export const isRefusal = (status = 0): boolean => [401, 403, 429].includes(status) || status >= 500

function isSilence(error: unknown): boolean {
  const status = statusOf(error)
  return status === undefined || status >= 502
}
