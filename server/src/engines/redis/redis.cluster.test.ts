import { FakeClock } from '@tintype/server/kit/clock'
import { Cable } from '@tintype/testkit/cable'
import { startRedis, type TestRedis } from '@tintype/testkit/redis'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Broadcast } from '../broadcast/port.ts'
import { openRedisBroadcast } from '../broadcast/redis/broadcast.ts'
import { testBroadcast } from '../broadcast/suite/broadcast.suite.ts'
import { RedisSharedValues } from '../cache/redis/shared-values.ts'
import { sharedValuesSuite } from '../cache/suite/shared-values.suite.ts'
import { MemoryRateLimiter } from '../rate-limiter/memory/rate-limiter.ts'
import { RedisRateLimiter } from '../rate-limiter/redis/rate-limiter.ts'
import { rateLimiterSuite } from '../rate-limiter/suite/rate-limiter.suite.ts'
import { redisAddress } from './address.ts'
import { openRedis } from './connection.ts'
import type { RedisConnection } from './port.ts'

const quiet = () => {}
const connect = (url: string) => {
  const address = redisAddress(url)
  if (!address) throw new Error(`no address: ${url}`)
  return openRedis(address, { prefix: 'tintype', onError: quiet })
}

describe.each(['single', 'cluster'] as const)('Redis, %s', (kind) => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis(kind)
  })
  afterAll(() => redis[Symbol.asyncDispose]())

  sharedValuesSuite('Redis', async (clock) => {
    await redis.flush()
    const opened: RedisConnection[] = []
    return {
      async open() {
        const connection = await connect(redis.url)
        opened.push(connection)
        return new RedisSharedValues({ redis: connection, clock })
      },
      async [Symbol.asyncDispose]() {
        for (const connection of opened) await connection[Symbol.asyncDispose]()
      },
    }
  })

  rateLimiterSuite('Redis', async (clock) => {
    await redis.flush()
    const failed = (error: unknown) => {
      throw error
    }
    const local = new MemoryRateLimiter({ buckets: 1, clock })
    const [one, two] = await Promise.all(
      [1, 2].map(async () => {
        const connection = await connect(redis.url)
        return new RedisRateLimiter({ redis: connection, clock, local, onError: failed })
      }),
    )
    return { one: one as RedisRateLimiter, two: two as RedisRateLimiter, clock }
  })

  it('decides in each process while Redis is away, and never lets everything through', async () => {
    const away = await startRedis()
    const connection = await connect(away.url)
    await away[Symbol.asyncDispose]()
    const clock = new FakeClock()
    const onError = vi.fn()
    const local = new MemoryRateLimiter({ buckets: 10, clock })
    const limiter = new RedisRateLimiter({ redis: connection, clock, local, onError })
    const bucket = { burst: 2, per: 60 }
    const began = performance.now()
    const grants = []
    for (let i = 0; i < 4; i++) grants.push((await limiter.take('k', bucket)).granted)
    expect(grants).toEqual([true, true, false, false])
    expect(onError).toHaveBeenCalledTimes(4)
    expect(performance.now() - began).toBeLessThan(4000)
    await connection[Symbol.asyncDispose]()
  })
})

describe('Redis, cluster', () => {
  it('goes on with another node for what the lost one had', async () => {
    await using redis = await startRedis('cluster')
    await using one = await connect(redis.url)
    await using two = await connect(redis.url)
    const broadcasts = [
      await openRedisBroadcast({ redis: one, onError: quiet }),
      await openRedisBroadcast({ redis: two, onError: quiet }),
    ] as const
    const heard: unknown[] = []
    await broadcasts[1].subscribe('a', (message) => heard.push(message))
    await broadcasts[0].publish('a', 'before')
    await vi.waitFor(() => expect(heard).toEqual(['before']))
    const slot = Number(await one.commands.cluster('KEYSLOT', '{tintype}:broadcast'))
    const ranges = await one.commands.cluster('SLOTS')
    const owner = ranges.find(([from, to]) => from <= slot && slot <= to)?.[2]
    await redis.kill(owner?.[1] ?? 0)
    await vi.waitFor(
      async () => {
        await broadcasts[0].publish('a', 'after')
        expect(heard).toContain('after')
      },
      { timeout: 20_000, interval: 200 },
    )
    for (const broadcast of broadcasts) await broadcast[Symbol.asyncDispose]()
  }, 60_000)
})

let shared: TestRedis
beforeAll(async () => {
  shared = await startRedis()
})
afterAll(() => shared[Symbol.asyncDispose]())

testBroadcast('Redis', async () => {
  const opened: RedisConnection[] = []
  const cables = new Map<Broadcast, Cable>()
  return {
    async open(onError) {
      const cable = await Cable.layByPort(shared.url)
      const connection = await connect(cable.url)
      opened.push(connection)
      const broadcast = await openRedisBroadcast({ redis: connection, onError })
      cables.set(broadcast, cable)
      return broadcast
    },
    hold: (instance) => cables.get(instance)?.hold(),
    release: (instance) => cables.get(instance)?.release(),
    interrupt: () => shared.cut(),
    async dispose() {
      for (const connection of opened) await connection[Symbol.asyncDispose]()
      for (const cable of cables.values()) await cable.cut()
    },
  }
})
