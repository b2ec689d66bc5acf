import type { ErrorCode, Operation, UserId } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MemoryRateLimiter } from '../../engines/rate-limiter/memory/rate-limiter.ts'
import { FakeClock } from '../../kit/clock.ts'
import { Attack, MOST_LEVEL } from './attack.ts'
import { Distinct } from './distinct.ts'
import { Watch } from './watch.ts'

const clock = new FakeClock()
let rateLimiter: MemoryRateLimiter
let found: string[]
let told: string[]
beforeEach(() => {
  rateLimiter = new MemoryRateLimiter({ buckets: 10_000, clock })
  found = []
  told = []
})

const watchAt = (rateLimitMultiplier = 1) => {
  const watch = new Watch({
    rateLimiter,
    clock,
    secret: 'secret',
    rateLimitMultiplier,
    attack: { note: async () => {} },
    journal: {
      add: (kind, { address, member_id }) => void told.push(`${kind} ${address} ${member_id}`),
      addPattern: (kind, source) => void found.push(`${kind} ${source}`),
    },
    onError(error) {
      throw error
    },
  })
  return async (
    operation: Operation,
    asked: Partial<{
      url: string
      ip: string
      failure: ErrorCode
      user: string
      login: string
      isExempt: boolean
    }>,
  ) => {
    const { url = '/', ip = '203.0.113.9', failure = null, user, login, isExempt = false } = asked
    watch.observe({
      routeOptions: { config: { operation } },
      url,
      ip,
      failure,
      isExempt,
      viewer: user ? { user_id: user as UserId } : null,
      body: { login },
    } as unknown as FastifyRequest)
    // What it does waits for nothing but memory.
    await new Promise(setImmediate)
  }
}
const many = async (count: number, work: (index: number) => Promise<void>) => {
  for (let index = 0; index < count; index++) await work(index)
}

describe('patterns', () => {
  it('are many that are not there, asked for by one address or member', async () => {
    const ask = watchAt()
    const miss = (user?: string) => (index: number) =>
      ask('members.profile', { url: `/${index}`, failure: 'not_found', ...(user ? { user } : {}) })
    await many(60, miss())
    expect(found).toEqual([])
    await many(1, miss())
    await many(61, miss('mallory'))
    expect(found).toEqual(['enumeration 203.0.113.9', 'enumeration mallory'])
  })

  it('are very many that are there, each counted once', async () => {
    const ask = watchAt(0.02)
    await many(100, () => ask('posts.get', { url: '/same' }))
    expect(found).toEqual([])
    await many(100, (index) => ask('posts.get', { url: `/${index}` }))
    expect(new Set(found)).toEqual(new Set(['scraping 203.0.113.9']))
  })

  it('are many accounts of one address, and many addresses for one account', async () => {
    const ask = watchAt()
    await many(5, (index) => ask('accounts.login', { login: `a${index}`, failure: 'credentials_wrong' }))
    await many(20, () => ask('accounts.login', { login: 'a1', failure: 'credentials_wrong' }))
    expect(found).toEqual([])
    await ask('accounts.login', { login: 'a6', failure: 'credentials_wrong' })
    expect(found).toEqual(['stuffing 203.0.113.9'])
    await many(6, (index) =>
      ask('accounts.login', { login: 'Ana ', ip: `198.51.100.${index}`, failure: 'credentials_wrong' }),
    )
    expect(found).toHaveLength(2)
    expect(found[1]).toMatch(/^account_attacked (?!.*ana)/i)
  })

  it('are not looked for where limits are off, nor at allowed addresses', async () => {
    const off = watchAt(0)
    await many(100, (index) => off('posts.get', { url: `/${index}`, failure: 'not_found' }))
    const ask = watchAt()
    await many(100, (index) => ask('posts.get', { url: `/${index}`, failure: 'not_found', isExempt: true }))
    expect(found).toEqual([])
  })
})

it('events are what was refused and what was changed, by the network and who was logged in', async () => {
  const ask = watchAt()
  await ask('accounts.login', { ip: '2001:db8:1:2:3::4', failure: 'credentials_wrong' })
  await ask('accounts.prove', { user: 'ana', failure: 'password_wrong' })
  await ask('accounts.refresh', { failure: 'refresh_reused' })
  await ask('moderation.giveRole', { user: 'olga' })
  await ask('moderation.giveRole', { user: 'olga', failure: 'forbidden' })
  await ask('feed.home', { user: 'ana' })
  expect(told).toEqual([
    'login_refused 2001:db8:1:2::/64 null',
    'proof_failed 203.0.113.9 ana',
    'token_reused 203.0.113.9 null',
    'role_changed 203.0.113.9 olga',
  ])
})

describe('an attack', () => {
  const listeners: ((news: unknown) => void)[] = []
  const broadcast = {
    publish: vi.fn(async (_channel: string, news: unknown) => {
      for (const listener of listeners) listener(news)
    }),
    subscribe: async (_channel: string, listener: (news: unknown) => void) => {
      listeners.push(listener)
      return { async [Symbol.asyncDispose]() {} }
    },
  }
  const processes = async () => {
    const options = { rateLimiter, broadcast, clock, rateLimitMultiplier: 1 }
    const both = [new Attack(options), new Attack(options)] as const
    for (const each of both) await each.open()
    return both
  }

  it('is known to every process, grows, is told of seldom, and ends', async () => {
    const [here, there] = await processes()
    await many(10, () => here.note('login', 'a'))
    expect(there.level('login', 'a')).toBeUndefined()
    await here.note('login', 'a')
    expect([here.level('login', 'a'), there.level('login', 'a'), there.level('login', 'b')]).toEqual([
      0,
      0,
      undefined,
    ])
    expect(there.level('register', 'a')).toBeUndefined()
    await many(60, () => here.note('login', 'a'))
    expect(there.level('login', 'a')).toBe(MOST_LEVEL)
    expect(broadcast.publish.mock.calls.length).toBeLessThan(10)
    clock.advance(15 * 60_000 + 1)
    expect([here.level('login', 'a'), there.level('login', 'a')]).toEqual([undefined, undefined])
  })

  it('by many addresses is one on all', async () => {
    const [here, there] = await processes()
    await many(101, (index) => here.note('login', String(index)))
    expect(there.level('login', 'somebody')).toBe(0)
    expect(there.until('login')).toBe(clock.now() + 15 * 60_000)
    expect(there.until('register')).toBeNull()
  })
})

it('what is distinct is counted once an hour', () => {
  const distinct = new Distinct()
  const times = Array.from({ length: 500 }, (_, index) => distinct.isNew('a', `/${index}`, 0)).filter(
    Boolean,
  ).length
  expect(times).toBeGreaterThan(440)
  expect(distinct.isNew('a', '/1', 0)).toBe(false)
  expect(distinct.isNew('b', '/1', 0)).toBe(true)
  expect(distinct.isNew('a', '/1', 3_600_000)).toBe(true)
})
