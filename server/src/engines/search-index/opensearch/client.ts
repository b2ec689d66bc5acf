import { Client, errors } from '@opensearch-project/opensearch'
import { TintypeError } from '@tintype/contract'
import { breaker } from '../../../kit/breaker.ts'
import { within } from '../../../kit/within.ts'

/** Milliseconds: for what somebody waits for, for writes, and for making or dropping an index. */
export const waits = { search: 2000, write: 10_000, index: 30_000, ping: 1000 } as const
/** Questions of a process under way at once. */
const AT_ONCE = 256

interface Options {
  requestTimeout: number
  maxRetries: number
  ignore?: number[]
}

/** A client whose every question has an end, and that asks nothing for a while where nobody answers. */
export class OpenSearchClient {
  readonly #client: Client
  readonly #breaker = breaker({ name: 'OpenSearch', isSilence, most: AT_ONCE })

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
      const { body } = await this.#breaker(() => within(ms, question(this.#client, options)))
      return body
    } catch (cause) {
      if (statusOf(cause) !== undefined && !isRefusal(statusOf(cause))) throw cause
      if (cause instanceof TintypeError && cause.details) throw cause
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
