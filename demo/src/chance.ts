/** Numbers that look like chance but are the same at every run: 0 ≤ x < 1, from a name. */
export function chance(...names: (string | number)[]): number {
  // FNV-1a over the name, then a last mix so that near names give far numbers.
  let hash = 0x811c9dc5
  for (const char of names.join('\0')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  hash = Math.imul(hash, 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

export const between = (low: number, high: number, ...names: (string | number)[]): number =>
  low + (high - low) * chance(...names)
