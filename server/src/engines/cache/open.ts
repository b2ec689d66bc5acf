import type { Clock } from '../../kit/clock.ts'
import type { SettingsReader } from '../../kit/settings.ts'
import type { Broadcast } from '../broadcast/port.ts'
import { FactCache } from './facts.ts'
import type { Cache, SharedValues } from './port.ts'

export const cacheSettings = (read: SettingsReader) => ({
  cacheEntries: read.integer('CACHE_ENTRIES', 250_000, 100, 1e8),
})

interface Options {
  settings: ReturnType<typeof cacheSettings>
  clock: Clock
  broadcast: Broadcast
  /** Under what each process holds; today nothing is. */
  shared?: SharedValues
  onError(error: unknown): void
}

/** Entries in this process, which forget by facts, and with those of the others. */
export async function openCache({ settings, clock, broadcast, shared, onError }: Options): Promise<Cache> {
  const [{ MemoryCache, MemoryStore }, { coherentCache }, { overShared }] = await Promise.all([
    import('./memory/cache.ts'),
    import('./coherent.ts'),
    import('./shared.ts'),
  ])
  const local = new MemoryCache(new MemoryStore({ entries: settings.cacheEntries, clock }))
  const store = await coherentCache(local, broadcast, onError)
  return new FactCache(shared ? overShared(store, shared, onError) : store)
}
