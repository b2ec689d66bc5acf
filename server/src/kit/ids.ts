import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/**
 * A new UUIDv7 (RFC 9562): ordered by time to the millisecond, so ids made by one process sort as they were made
 * and an id alone can be a cursor. With a clock given, its time is used; the sequence still rises within one process.
 */
export function newId<T extends string>(clock?: Clock): T {
  if (clock === undefined) return v7() as T
  const msecs = clock.now()
  return v7({ msecs, seq: nextSequence(msecs) }) as T
}

let lastMs = 0
let sequence = 0
function nextSequence(ms: number): number {
  sequence = ms === lastMs ? sequence + 1 : Math.floor(Math.random() * 0x0fffffff)
  lastMs = ms
  return sequence
}

/** When a UUIDv7 was made, milliseconds since 1970. */
export const idTime = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

/** The lowest UUIDv7 of an instant: a bound for range reads. */
export function idFloor<T extends string>(ms: number): T {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000` as T
}

/** Below and above every id. */
export const LOWEST_ID = '00000000-0000-0000-0000-000000000000'
export const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** The day of a moment (ms), by UTC: `2026-01-31`. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
