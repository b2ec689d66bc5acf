import { type Clock, systemClock } from '../../../kit/clock.ts'
import { lruOf } from '../../../kit/lru.ts'
import { grantOf } from '../grant.ts'
import type { Bucket, RateLimiter, TokenGrant } from '../port.ts'

/** The buckets inside one process; those that were used longest ago are forgotten, which fills them. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #clock: Clock
  /** Per bucket the moment (ms) at which it is full again; that one number is all a token bucket needs. */
  readonly #fullAt

  constructor({ buckets, clock = systemClock }: { buckets: number; clock?: Clock }) {
    this.#clock = clock
    this.#fullAt = lruOf<string, number>(buckets)
  }

  take(key: string, { burst, per }: Bucket): Promise<TokenGrant> {
    const now = this.#clock.now()
    const capacity = per * 1000
    const interval = capacity / burst
    const missing = Math.min(capacity, Math.max(0, (this.#fullAt.get(key) ?? 0) - now))
    // A thousandth of a millisecond of mercy: whoever waits exactly `retryAfter` is not refused by a rounding error.
    const granted = missing + interval <= capacity + 0.001
    const after = granted ? missing + interval : missing
    if (granted) this.#fullAt.set(key, now + after)
    return Promise.resolve(grantOf(granted, after, { capacity, interval }))
  }

  ping(): Promise<void> {
    return Promise.resolve()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve()
  }
}
