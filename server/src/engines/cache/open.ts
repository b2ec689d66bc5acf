import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { Broadcast } from '../broadcast/port.ts'
import type { Cache } from './port.ts'

export const cacheSettings = (read: SettingsReader) => ({
  cacheEntries: read.integer('CACHE_ENTRIES', 250_000, 100, 1e8),
})

interface Options {
  settings: ReturnType<typeof cacheSettings>
  clock: Clock
  broadcast: Broadcast
  onError(error: unknown): void
}

/** Entries in this process, which forget with those of the others. */
export async function openCache({ settings, clock, broadcast, onError }: Options): Promise<Cache> {
  const [{ MemoryCache, MemoryStore }, { coherentCache }] = await Promise.all([
    import('./memory/cache.ts'),
    import('./coherent.ts'),
  ])
  const local = new MemoryCache(new MemoryStore({ entries: settings.cacheEntries, clock }))
  return coherentCache(local, broadcast, onError)
}
