import { FactCache } from '../facts.ts'
import { MemoryCache, MemoryStore } from '../memory/cache.ts'
import type { MemoryStoreOptions } from '../memory/store.ts'

/** For tests: the cache of a process without others. */
export const localCache = (options: Partial<MemoryStoreOptions> = {}): FactCache =>
  new FactCache(new MemoryCache(new MemoryStore({ entries: 1000, ...options })))
