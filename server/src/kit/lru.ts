import { LRUCache } from 'lru-cache'

/**
 * Keeps the `max` entries used last, and takes memory as it fills: told its `max`, an LRUCache reserves room for all of them at
 * once, 40 bytes each, which was 20 MB of a process that nobody had asked anything yet.
 */
export const lruOf = <K extends string, V extends object | string | number | boolean>(
  max: number,
): LRUCache<K, V> => new LRUCache({ maxSize: max, sizeCalculation: () => 1 })
