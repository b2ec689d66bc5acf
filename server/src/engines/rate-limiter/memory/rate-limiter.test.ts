import { rateLimiterSuite } from '../suite/rate-limiter.suite.ts'
import { MemoryRateLimiter } from './rate-limiter.ts'

rateLimiterSuite('in this process', async (clock) => {
  const limiter = new MemoryRateLimiter({ buckets: 10_000, clock })
  return { one: limiter, two: limiter, clock }
})
