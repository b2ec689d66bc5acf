/** 0 ≤ n < 1, the same for the same two words (FNV-1a, then mixed as murmur3 ends). */
export function chanceOf(seed: string, id: string): number {
  let hash = 0x811c9dc5
  for (const text of [seed, id])
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
