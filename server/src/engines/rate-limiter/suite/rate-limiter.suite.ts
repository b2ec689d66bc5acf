import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import type { RateLimiter } from '../port.ts'

/** Two handles on one store, and its clock. */
export interface RateLimiterFixture {
  one: RateLimiter
  two: RateLimiter
  clock: FakeClock
}

/** What every rate limiter has to do. */
export function rateLimiterSuite(
  name: string,
  fixture: (clock: FakeClock) => Promise<RateLimiterFixture>,
): void {
  describe(`rate limiter: ${name}`, () => {
    let store: RateLimiterFixture
    beforeEach(async () => {
      store = await fixture(new FakeClock())
    })

    it('grants a burst, then refuses and says when to come again', async () => {
      const { one, two, clock } = store
      const bucket = { burst: 3, per: 30 }
      for (const remaining of [2, 1, 0])
        expect(await (remaining % 2 ? one : two).take('t', bucket)).toMatchObject({
          granted: true,
          remaining,
        })
      const refused = await one.take('t', bucket)
      expect(refused).toMatchObject({ granted: false, remaining: 0 })
      expect(refused.retryAfter).toBeCloseTo(10, 3)
      expect(refused.resetAfter).toBeCloseTo(30, 3)
      clock.advance(10_000)
      expect(await two.take('t', bucket)).toMatchObject({ granted: true, remaining: 0, retryAfter: 0 })
      expect(await two.take('t', bucket)).toMatchObject({ granted: false })
      expect(await two.take('other', bucket)).toMatchObject({ granted: true })
    })

    it('grants exactly the burst to a stampede', async () => {
      const { one, two } = store
      const bucket = { burst: 40, per: 3600 }
      const grants = await Promise.all(
        Array.from({ length: 200 }, (_, i) => (i % 2 ? one : two).take('t', bucket)),
      )
      expect(grants.filter((grant) => grant.granted)).toHaveLength(40)
    })

    it('agrees with a bucket that is reckoned step by step', async () => {
      const { one, two, clock } = store
      const shape = fc.record({
        burst: fc.integer({ min: 1, max: 50 }),
        per: fc.integer({ min: 1, max: 3600 }),
      })
      const waits = fc.array(fc.integer({ min: 0, max: 400_000 }), { maxLength: 60 })
      let run = 0
      await fc.assert(
        fc.asyncProperty(shape, waits, async (bucket, pauses) => {
          const key = `t${run++}`
          let tokens = bucket.burst
          for (const pause of pauses) {
            clock.advance(pause)
            tokens = Math.min(bucket.burst, tokens + (pause / 1000) * (bucket.burst / bucket.per))
            const grant = await (pause % 2 ? one : two).take(key, bucket)
            if (Math.abs(tokens - 1) > 1e-3) expect(grant.granted).toBe(tokens >= 1)
            if (grant.granted) tokens -= 1
            expect(Math.abs(grant.remaining - tokens)).toBeLessThan(1.001)
            expect(grant.resetAfter).toBeCloseTo(((bucket.burst - tokens) * bucket.per) / bucket.burst, 1)
          }
        }),
        { numRuns: 50 },
      )
    })

    it('is kept to by whoever waits just as long as told', async () => {
      const { one, clock } = store
      const shape = fc.record({
        burst: fc.integer({ min: 1, max: 1000 }),
        per: fc.integer({ min: 1, max: 86_400 }),
      })
      let run = 0
      await fc.assert(
        fc.asyncProperty(shape, async (bucket) => {
          const key = `w${run++}`
          for (let i = 0; i < bucket.burst; i++) await one.take(key, bucket)
          const refused = await one.take(key, bucket)
          expect(refused.granted).toBe(false)
          clock.advance(Math.ceil(refused.retryAfter * 1000))
          expect((await one.take(key, bucket)).granted).toBe(true)
        }),
        { numRuns: 30 },
      )
    })
  })
}
