import type { TokenGrant } from './port.ts'

/** A full bucket, and the time in which one token comes back. Milliseconds. */
export interface Refill {
  capacity: number
  interval: number
}

/** What is said of a bucket that is full again `after` milliseconds. */
export const grantOf = (granted: boolean, after: number, { capacity, interval }: Refill): TokenGrant => ({
  granted,
  remaining: Math.max(0, Math.floor((capacity - after + 0.001) / interval)),
  retryAfter: granted ? 0 : (after + interval - capacity) / 1000,
  resetAfter: after / 1000,
})
