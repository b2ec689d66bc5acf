import type { Clock } from '../../../kit/clock.ts'
import type { RedisConnection } from '../../redis/port.ts'
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

  constructor(options: RedisRateLimiterOptions) {
    this.#options = options
    options.redis.commands.defineCommand('tintypeTake', { numberOfKeys: 1, lua: TAKE })
  }

  async take(key: string, bucket: Bucket): Promise<TokenGrant> {
    const { clock, local, onError } = this.#options
    const capacity = bucket.per * 1000
    const interval = capacity / bucket.burst
    try {
      const [granted, text] = await this.#run(
        `${this.#options.redis.prefix}:bucket:{${key}}`,
        clock.now(),
        capacity,
        interval,
      )
      const after = Number(text)
      return {
        granted: granted === 1,
        remaining: Math.max(0, Math.floor((capacity - after + 0.001) / interval)),
        retryAfter: granted === 1 ? 0 : (after + interval - capacity) / 1000,
        resetAfter: after / 1000,
      }
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

  #run(
    key: string,
    now: number,
    capacity: number,
    interval: number,
  ): Promise<[granted: number, after: string]> {
    const commands = this.#options.redis.commands as unknown as {
      tintypeTake(...given: (string | number)[]): Promise<[number, string]>
    }
    return commands.tintypeTake(key, now, capacity, interval)
  }
}
