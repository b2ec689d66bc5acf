export interface RetryOptions {
  attempts: number
  /** Milliseconds before the second attempt; doubled each time, with up to half of it as jitter. */
  baseMs: number
  maxMs?: number
  retryable: (error: unknown) => boolean
}

/** Calls until it succeeds, fails in a way that is not retryable, or has been tried `attempts` times. */
export async function retry<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (attempt >= options.attempts || !options.retryable(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt, options.baseMs, options.maxMs)))
    }
  }
}

/** Milliseconds to wait after the nth failed attempt (n from 1). */
export function backoffMs(attempt: number, baseMs: number, maxMs = 60_000): number {
  const full = Math.min(maxMs, baseMs * 2 ** (attempt - 1))
  return full / 2 + (Math.random() * full) / 2
}
