import type { Clock } from '../../../kit/clock.ts'
import type { RedisConnection, RedisScript } from '../../redis/port.ts'
import { grantOf } from '../grant.ts'
import type { Bucket, RateLimiter, TokenGrant } from '../port.ts'

/**
 * A token bucket as one number, the moment (ms) at which it is full again, in one atomic step on the node that has the key. What is
 * full is nothing to remember: the key ends by itself. The clock is the caller's, as the servers of a community share one by NTP.
 */
const TAKE = `
local now, capacity, interval = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local missing = math.min(capacity, math.max(0, tonumber(redis.call('GET', KEYS[1]) or '0') - now))
if missing + interval > capacity + 0.001 then return {0, tostring(missing)} end
local after = missing + interval
redis.call('SET', KEYS[1], string.format('%.17g', now + after), 'PX', math.ceil(after) + 60000)
return {1, tostring(after)}`

export interface RedisRateLimiterOptions {
  redis: RedisConnection
  clock: Clock
  /** Decides while Redis cannot be asked: limits hold in each process then, and are never off. */
  local: RateLimiter
  onError(error: unknown): void
}

/** Buckets that all processes share. */
export class RedisRateLimiter implements RateLimiter {
  readonly #options: RedisRateLimiterOptions
  readonly #take: RedisScript

  constructor(options: RedisRateLimiterOptions) {
    this.#options = options
    this.#take = options.redis.script('tintypeTake', TAKE)
  }

  async take(key: string, bucket: Bucket): Promise<TokenGrant> {
    const { redis, clock, local, onError } = this.#options
    const capacity = bucket.per * 1000
    const interval = capacity / bucket.burst
    try {
      const taken = this.#take(`${redis.prefix}:bucket:{${key}}`, clock.now(), capacity, interval)
      const [granted, after] = (await taken) as [granted: 0 | 1, after: string]
      return grantOf(granted === 1, Number(after), { capacity, interval })
    } catch (error) {
      onError(error)
      return local.take(key, bucket)
    }
  }

  ping(): Promise<void> {
    return this.#options.redis.ping()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#options.local[Symbol.asyncDispose]()
  }
}
