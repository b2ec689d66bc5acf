import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { Broadcast } from '../broadcast/port.ts'
import type { RedisConnection } from '../redis/port.ts'
import { FactCache } from './facts.ts'
import type { Cache } from './port.ts'

export const cacheSettings = (read: SettingsReader) => ({
  cacheEntries: read.integer('CACHE_ENTRIES', 250_000, 100, 1e8),
})

interface Options {
  settings: ReturnType<typeof cacheSettings>
  clock: Clock
  broadcast: Broadcast
  redis: RedisConnection | undefined
  onError(error: unknown): void
}

/** Entries in this process, which forget by facts, and with those of the others; over values that all share where there is Redis. */
export async function openCache({ settings, clock, broadcast, redis, onError }: Options): Promise<Cache> {
  const [{ MemoryCache, MemoryStore }, { coherentCache }, { overShared }] = await Promise.all([
    import('./memory/cache.ts'),
    import('./coherent.ts'),
    import('./shared.ts'),
  ])
  const local = new MemoryCache(new MemoryStore({ entries: settings.cacheEntries, clock }))
  const store = await coherentCache(local, broadcast, onError)
  if (!redis) return new FactCache(store)
  const [{ RedisSharedValues }, { owing }, { stamped }, { codeStamp }] = await Promise.all([
    import('./redis/shared-values.ts'),
    import('./owing.ts'),
    import('./stamped.ts'),
    import('../../kit/code-stamp.ts'),
  ])
  const values = owing(stamped(new RedisSharedValues({ redis, clock }), codeStamp()))
  return new FactCache(overShared(store, values, onError))
}
