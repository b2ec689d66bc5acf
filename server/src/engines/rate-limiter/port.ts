/** A token bucket of `burst` tokens, refilled evenly over `per` seconds. */
export interface Bucket {
  burst: number
  per: number
}

/** A bucket where all limits are so many times as large; none is smaller than one token. */
export const scaled = ({ burst, per }: Bucket, multiplier: number): Bucket => ({
  burst: Math.max(1, Math.round(burst * multiplier)),
  per,
})

export interface TokenGrant {
  granted: boolean
  /** Whole tokens left. */
  remaining: number
  /** Seconds until one token is there again (0 when granted), and until the bucket is full. */
  retryAfter: number
  resetAfter: number
}

export interface RateLimiter extends AsyncDisposable {
  /** Takes a token out of the bucket of that key. Atomic. */
  take(key: string, bucket: Bucket): Promise<TokenGrant>
  ping(): Promise<void>
}
