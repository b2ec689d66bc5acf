/** What parts of a process count, for whoever tells of the process. */

export interface Lookups {
  asked: number
  found: number
}

const lookups = new Map<string, Lookups>()

/** Of things of a kind, in all caches of the process; the one who looks counts on. */
export function lookupsOf(kind: string): Lookups {
  const known = lookups.get(kind) ?? { asked: 0, found: 0 }
  lookups.set(kind, known)
  return known
}

export const allLookups = (): ReadonlyMap<string, Lookups> => lookups

export const countOne = (counts: Map<string, number>, kind: string): void => {
  counts.set(kind, (counts.get(kind) ?? 0) + 1)
}

/** What scanners send, by kind. */
export const attackPatterns = new Map<string, number>()

/** What this process saw of attacks and changes, by kind. */
export const securityCounts = new Map<string, number>()

/** Milliseconds since 1970 up to which what was acknowledged is backed up; none where nobody backs up. */
export const backedUp = new Map<'log' | 'full', number>()
