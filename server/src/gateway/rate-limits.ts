import { type RateLimitName, rateLimits, TintypeError } from '@tintype/contract'
import type { FastifyReply } from 'fastify'
import { type RateLimiter, scaled, type TokenGrant } from '../engines/rate-limiter/port.ts'
import { networkOf } from '../kit/network.ts'

export interface Spender {
  user_id: string | undefined
  address: string
}

/** Spends one token of each named limit; on an empty bucket throws `rate_limited` with `retry_after` (seconds). */
export type Limit = (reply: FastifyReply, names: readonly RateLimitName[], by: Spender) => Promise<void>

/**
 * Undefined where limits are off. The headers tell of the limit with the fewest tokens left
 * (draft-ietf-httpapi-ratelimit-headers).
 */
export function limitWith(limiter: RateLimiter, multiplier: number): Limit | undefined {
  if (multiplier === 0) return undefined
  const buckets = new Map(
    Object.entries(rateLimits).map(([name, { by, ...bucket }]) => [
      name,
      { by, bucket: scaled(bucket, multiplier) },
    ]),
  )
  return async (reply, names, by) => {
    if (reply.request.isExempt) return
    let tightest: (TokenGrant & { limit: number }) | undefined
    for (const name of names) {
      const limit = buckets.get(name)
      if (!limit) continue
      const who = (limit.by === 'member' && by.user_id) || networkOf(by.address)
      const grant = await limiter.take(`${name}:${who}`, limit.bucket)
      if (!tightest || !grant.granted || grant.remaining < tightest.remaining)
        tightest = { ...grant, limit: limit.bucket.burst }
      if (!grant.granted) break
    }
    if (!tightest) return
    reply.header('ratelimit-limit', tightest.limit)
    reply.header('ratelimit-remaining', tightest.remaining)
    reply.header('ratelimit-reset', Math.ceil(tightest.resetAfter))
    if (!tightest.granted)
      throw new TintypeError('rate_limited', { details: { retry_after: Math.ceil(tightest.retryAfter) } })
  }
}
