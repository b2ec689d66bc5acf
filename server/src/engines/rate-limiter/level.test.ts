import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeClock } from '../../kit/clock.ts'
import { openPostgresBroadcast } from '../broadcast/postgres/broadcast.ts'
import { level } from './level.ts'
import { MemoryRateLimiter } from './memory/rate-limiter.ts'

const bucket = { burst: 10, per: 3600 }
const clock = new FakeClock()
let testDb: TestDb
let stack: AsyncDisposableStack
beforeEach(async () => {
  stack = new AsyncDisposableStack()
  testDb = stack.use(await openTestDb())
})
afterEach(() => stack.disposeAsync())

async function openProcess() {
  const onError = (error: unknown) => {
    throw error
  }
  const broadcast = stack.use(await openPostgresBroadcast({ db: testDb.db, onError }))
  const publish = vi.spyOn(broadcast, 'publish')
  const local = new MemoryRateLimiter({ buckets: 100, clock })
  const buckets = stack.use(await level({ local, broadcast, onError }))
  return {
    publish,
    take: (key: string) => buckets.take(key, bucket),
    /** Tokens that are gone; without a clock that moves, none comes back. Looking takes next to nothing of one. */
    spent: async (key: string) =>
      10 - Math.round((await local.take(key, { ...bucket, burst: 1e13 })).remaining / 1e12),
  }
}

const times = async (count: number, work: () => Promise<unknown>) => {
  for (let i = 0; i < count; i++) await work()
}

describe('the buckets of two processes', () => {
  it('are level a moment after either has spent', async () => {
    const [here, there] = [await openProcess(), await openProcess()]
    await times(6, () => here.take('a'))
    await times(3, () => there.take('a'))
    await vi.waitFor(async () => expect([await here.spent('a'), await there.spent('a')]).toEqual([9, 9]))
    expect(await there.take('a')).toMatchObject({ granted: true, remaining: 0 })
    await vi.waitFor(async () => expect(await here.spent('a')).toBe(10))
    expect(await here.take('a')).toMatchObject({ granted: false })
    expect(await here.take('b')).toMatchObject({ granted: true, remaining: 9 })
  })

  it('are told of together', async () => {
    const [here, there] = [await openProcess(), await openProcess()]
    for (const key of 'abcdefghij') await times(5, () => here.take(key))
    await vi.waitFor(async () =>
      expect(await Promise.all([...'abcdefghij'].map(there.spent))).toEqual(Array(10).fill(5)),
    )
    expect(here.publish.mock.calls.length).toBeLessThan(10)
  })

  it('that are both spent at once give what two have, and no more', async () => {
    const [here, there] = [await openProcess(), await openProcess()]
    const grants = await Promise.all(
      [here, there].flatMap((each) => Array.from({ length: 30 }, () => each.take('a'))),
    )
    expect(grants.filter(({ granted }) => granted).length).toBeLessThanOrEqual(20)
    await vi.waitFor(async () => expect([await here.spent('a'), await there.spent('a')]).toEqual([10, 10]))
  })
})
