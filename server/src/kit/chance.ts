import { fnv1a } from './fnv.ts'

/** 0 ≤ n < 1, the same for the same two words (FNV-1a, then mixed as murmur3 ends). */
export function chanceOf(seed: string, id: string): number {
  let hash = fnv1a(id, fnv1a(seed))
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
