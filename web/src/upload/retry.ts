import { TintypeError } from '@tintype/contract'
import { isTransient, retryAfterOf, UploadError } from './failure.ts'
import type { Network } from './network.ts'

/** Why nothing moves at the moment. */
export type Pause = 'offline' | 'trouble'

export interface RetryTerms {
  network: Network
  signal: AbortSignal
  /** Told when a wait begins, and null when it ends. */
  onPause?: (pause: Pause | null) => void
  random?: () => number
}

const ATTEMPTS = 9
const FIRST_DELAY = 500
const LONGEST_DELAY = 20_000

/** Milliseconds before the next try: doubling, with half of it random so that many clients do not come back at once. */
export function delayOf(attempt: number, random = Math.random, retryAfter?: number): number {
  const full = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1))
  return Math.max(full / 2 + (random() * full) / 2, (retryAfter ?? 0) * 1000)
}

/**
 * Runs `task` until it succeeds, fails for good, or has failed nine times over about a minute. Time without any network
 * does not count: it waits for the network, however long that takes.
 */
export async function withRetries<T>(
  task: (attempt: number) => Promise<T>,
  { network, signal, onPause = () => {}, random }: RetryTerms,
): Promise<T> {
  for (let failures = 0, attempt = 1; ; attempt++) {
    if (!network.isOnline()) {
      onPause('offline')
      await network.online(signal)
      onPause(null)
    }
    try {
      return await task(attempt)
    } catch (error) {
      signal.throwIfAborted()
      if (!isTransient(error)) throw error
      if (!network.isOnline()) continue
      if (++failures >= ATTEMPTS) throw lastWord(error)
      onPause('trouble')
      await network.pause(delayOf(failures, random, retryAfterOf(error)), signal)
      onPause(null)
    }
  }
}

const lastWord = (error: unknown) =>
  error instanceof TintypeError && error.code === 'unavailable'
    ? new UploadError('connection_lost', { cause: error })
    : error
