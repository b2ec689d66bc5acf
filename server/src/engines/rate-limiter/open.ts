import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { Broadcast } from '../broadcast/port.ts'
import type { RedisConnection } from '../redis/port.ts'
import type { RateLimiter } from './port.ts'

export const rateLimiterSettings = (read: SettingsReader) => ({
  rateLimitMultiplier: read.number('RATE_LIMIT_MULTIPLIER', 1, 0, 1e6),
})

interface Options {
  settings: { cacheEntries: number; isOneOfSeveral: boolean; rateLimitMultiplier: number }
  clock: Clock
  broadcast: Broadcast
  redis: RedisConnection | undefined
  onError(error: unknown): void
}

/**
 * Buckets in Redis where there is one; else in this process, kept level with those of the others where there may be any. Without
 * limits nothing is shared.
 */
export async function openRateLimiter({
  settings,
  clock,
  broadcast,
  redis,
  onError,
}: Options): Promise<RateLimiter> {
  const { MemoryRateLimiter } = await import('./memory/rate-limiter.ts')
  const local = new MemoryRateLimiter({ buckets: Math.max(10_000, settings.cacheEntries), clock })
  if (!settings.isOneOfSeveral || settings.rateLimitMultiplier === 0) return local
  if (redis) {
    const { RedisRateLimiter } = await import('./redis/rate-limiter.ts')
    return new RedisRateLimiter({ redis, clock, local, onError })
  }
  const { level } = await import('./level.ts')
  return level({ local, broadcast, onError })
}
