import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../kit/clock.ts'
import type { Cache } from './port.ts'

export interface CacheFixture {
  /** Opens another handle on the same backing store, empty at the start of each case. */
  open(): Promise<Cache>
  clock: FakeClock
  [Symbol.asyncDispose](): Promise<void>
}

const minute = { ttl: 60 }

/** A promise and its switches, to hold a `load` open. */
function gate<T>() {
  return Promise.withResolvers<T>()
}

/** What every cache has to do; each case holds two handles on one store. */
export function cacheSuite(name: string, fixture: (clock: FakeClock) => Promise<CacheFixture>): void {
  describe(`cache: ${name}`, () => {
    let store: CacheFixture
    let one: Cache
    let two: Cache
    beforeEach(async () => {
      store = await fixture(new FakeClock())
      one = await store.open()
      two = await store.open()
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    })
    const handles = () => ({ one, two, clock: store.clock, open: store.open })

    describe('values', () => valueCases(handles))
    describe('counters', () => counterCases(handles))
    describe('token buckets', () => bucketCases(handles))
    describe('through', () => throughCases(handles))
    describe('throughMany', () => throughManyCases(handles))
  })
}

type Handles = () => { one: Cache; two: Cache; clock: FakeClock; open(): Promise<Cache> }

function valueCases(handles: Handles): void {
  it('answers what another handle has set, and undefined for what nobody has', async () => {
    const { one, two } = handles()
    await one.set('a', { name: 'Ana', tags: ['x'] }, minute)
    expect(await two.get('a')).toEqual({ name: 'Ana', tags: ['x'] })
    expect(await two.get('b')).toBeUndefined()
  })

  it('answers many in the order asked, twice where asked twice', async () => {
    const { one, two } = handles()
    await one.setMany<unknown>(
      [
        ['a', 1],
        ['b', 'two'],
        ['c', null],
      ],
      minute,
    )
    expect(await two.getMany(['c', 'x', 'a', 'b', 'a'])).toEqual([null, undefined, 1, 'two', 1])
    expect(await two.getMany([])).toEqual([])
  })

  it('forgets a value when its time is over and not before', async () => {
    const { one, two, clock } = handles()
    await one.set('a', 1, { ttl: 10 })
    clock.advance(9_999)
    expect(await two.get('a')).toBe(1)
    clock.advance(1)
    expect(await two.getMany(['a'])).toEqual([undefined])
  })

  it('gives a value set again its new value and its new time', async () => {
    const { one, two, clock } = handles()
    await one.set('a', 1, { ttl: 10 })
    clock.advance(9_000)
    await two.set('a', 2, { ttl: 10 })
    clock.advance(9_000)
    expect(await one.get('a')).toBe(2)
  })

  it('deletes for every handle, keeps the rest, and bears absent keys', async () => {
    const { one, two } = handles()
    await one.setMany(
      [
        ['a', 1],
        ['b', 2],
      ],
      minute,
    )
    await two.del(['a', 'never'])
    await two.del([])
    expect(await one.getMany(['a', 'b'])).toEqual([undefined, 2])
  })

  it('drops everything on clear', async () => {
    const { one, two } = handles()
    await one.set('a', 1, minute)
    await one.incr('n', 1, minute)
    await one.takeToken('t', { burst: 1, per: 60 })
    await two.clear()
    expect(await one.getMany(['a', 'n'])).toEqual([undefined, undefined])
    expect(await one.takeToken('t', { burst: 1, per: 60 })).toMatchObject({ granted: true })
  })

  it('outlives the handle that wrote', async () => {
    const { two, open } = handles()
    const brief = await open()
    await brief.set('a', 1, minute)
    await brief[Symbol.asyncDispose]()
    expect(await two.get('a')).toBe(1)
    await two.ping()
  })
}

function counterCases(handles: Handles): void {
  it('counts once per call, however many call at once from wherever', async () => {
    const { one, two } = handles()
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => (i % 2 ? one : two).incr('n', 1, minute)),
    )
    expect(answers.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
    expect(await one.get('n')).toBe(200)
  })

  it('lives from its first use, not from its last', async () => {
    const { one, two, clock } = handles()
    await one.incr('n', 5, { ttl: 10 })
    clock.advance(6_000)
    expect(await two.incr('n', 5, { ttl: 10 })).toBe(10)
    clock.advance(4_000)
    expect(await one.incr('n', 1, { ttl: 10 })).toBe(1)
  })

  it('sums any run of steps, downwards too', async () => {
    const { one, two } = handles()
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 }), async (steps) => {
        const key = `n${run++}`
        await Promise.all(steps.map((step, i) => (i % 2 ? one : two).incr(key, step, minute)))
        expect(await one.incr(key, 0, minute)).toBe(steps.reduce((a, b) => a + b, 0))
      }),
      { numRuns: 50 },
    )
  })
}

function bucketCases(handles: Handles): void {
  it('grants a burst, then refuses and says when to come again', async () => {
    const { one, two, clock } = handles()
    const bucket = { burst: 3, per: 30 }
    for (const remaining of [2, 1, 0])
      expect(await (remaining % 2 ? one : two).takeToken('t', bucket)).toMatchObject({
        granted: true,
        remaining,
      })
    const refused = await one.takeToken('t', bucket)
    expect(refused).toMatchObject({ granted: false, remaining: 0 })
    expect(refused.retryAfter).toBeCloseTo(10, 3)
    expect(refused.resetAfter).toBeCloseTo(30, 3)
    clock.advance(10_000)
    expect(await two.takeToken('t', bucket)).toMatchObject({ granted: true, remaining: 0, retryAfter: 0 })
    expect(await two.takeToken('t', bucket)).toMatchObject({ granted: false })
    expect(await two.takeToken('other', bucket)).toMatchObject({ granted: true })
  })

  it('grants exactly the burst to a stampede', async () => {
    const { one, two } = handles()
    const bucket = { burst: 40, per: 3600 }
    const grants = await Promise.all(
      Array.from({ length: 200 }, (_, i) => (i % 2 ? one : two).takeToken('t', bucket)),
    )
    expect(grants.filter((grant) => grant.granted)).toHaveLength(40)
  })

  it('agrees with a bucket that is reckoned step by step', async () => {
    const { one, two, clock } = handles()
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
          const grant = await (pause % 2 ? one : two).takeToken(key, bucket)
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
    const { one, clock } = handles()
    const shape = fc.record({
      burst: fc.integer({ min: 1, max: 1000 }),
      per: fc.integer({ min: 1, max: 86_400 }),
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(shape, async (bucket) => {
        const key = `w${run++}`
        for (let i = 0; i < bucket.burst; i++) await one.takeToken(key, bucket)
        const refused = await one.takeToken(key, bucket)
        expect(refused.granted).toBe(false)
        clock.advance(Math.ceil(refused.retryAfter * 1000))
        expect((await one.takeToken(key, bucket)).granted).toBe(true)
      }),
      { numRuns: 30 },
    )
  })
}

function throughCases(handles: Handles): void {
  it('loads once for all who ask at the same time, and keeps the answer', async () => {
    const { one, two } = handles()
    const held = gate<string>()
    let loads = 0
    const load = () => {
      loads++
      return held.promise
    }
    const asked = Array.from({ length: 50 }, () => one.through('a', minute, load))
    held.resolve('loaded')
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['loaded']))
    expect(await two.through('a', minute, load)).toBe('loaded')
    expect(loads).toBe(1)
  })

  it('tells everyone of a failed load, keeps nothing, and loads again when asked again', async () => {
    const { one } = handles()
    const fail = () => Promise.reject(new Error('no database'))
    const asked = await Promise.allSettled([1, 2, 3].map(() => one.through('a', minute, fail)))
    expect(asked.map((answer) => answer.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await one.through('a', minute, async () => 7)).toBe(7)
  })

  it.each([
    ['deleted by the same handle', 'one' as const],
    ['deleted by another handle', 'two' as const],
  ])('keeps out a result whose key was %s while it was loaded', async (_, by) => {
    const { one, two } = handles()
    const started = gate<void>()
    const held = gate<string>()
    const stale = one.through('a', minute, () => {
      started.resolve()
      return held.promise
    })
    await started.promise
    await { one, two }[by].del(['a'])
    expect(await one.through('a', minute, async () => 'fresh')).toBe('fresh')
    held.resolve('stale')
    expect(await stale).toBe('stale')
    expect(await two.get('a')).toBe('fresh')
  })

  it('does not write an older load over a newer set', async () => {
    const { one, two } = handles()
    const started = gate<void>()
    const held = gate<string>()
    const loading = one.through('a', minute, () => {
      started.resolve()
      return held.promise
    })
    await started.promise
    await two.set('a', 'newer', minute)
    held.resolve('older')
    await loading
    expect(await one.get('a')).toBe('newer')
  })

  it('keeps null, but never undefined', async () => {
    const { one } = handles()
    let loads = 0
    for (const answer of [undefined, undefined, null, 'never asked for'])
      await one.through('a', minute, async () => {
        loads++
        return answer
      })
    expect(loads).toBe(3)
    expect(await one.get('a')).toBeNull()
  })
}

function throughManyCases(handles: Handles): void {
  const lengths = async (missing: string[]) => new Map(missing.map((key) => [key, key.length]))

  it('asks in one call for what is absent, each key once, and keeps it', async () => {
    const { one, two } = handles()
    await one.set('a', 10, minute)
    const asked: string[][] = []
    const load = (missing: string[]) => {
      asked.push(missing)
      return lengths(missing)
    }
    expect(await one.throughMany(['a', 'bb', 'ccc', 'bb'], minute, load)).toEqual([10, 2, 3, 2])
    expect(await two.throughMany(['ccc', 'a'], minute, load)).toEqual([3, 10])
    expect(asked).toEqual([['bb', 'ccc']])
  })

  it('leaves out what does not exist, and asks for it again next time', async () => {
    const { one } = handles()
    let loads = 0
    const none = async () => {
      loads++
      return new Map<string, number>()
    }
    expect(await one.throughMany(['a'], minute, none)).toEqual([undefined])
    expect(await one.throughMany(['a'], minute, none)).toEqual([undefined])
    expect(loads).toBe(2)
  })

  it('joins what is being loaded already', async () => {
    const { one } = handles()
    const held = gate<number>()
    const single = one.through('a', minute, () => held.promise)
    const asked: string[][] = []
    const many = one.throughMany(['a', 'b'], minute, (missing) => {
      asked.push(missing)
      return lengths(missing)
    })
    held.resolve(5)
    expect(await many).toEqual([5, 1])
    expect(await single).toBe(5)
    expect(asked).toEqual([['b']])
  })

  it('keeps out only the key that was deleted meanwhile', async () => {
    const { one, two } = handles()
    const started = gate<void>()
    const held = gate<void>()
    const loading = one.throughMany(['a', 'b'], minute, async (missing) => {
      started.resolve()
      await held.promise
      return lengths(missing)
    })
    await started.promise
    await two.del(['a'])
    held.resolve()
    expect(await loading).toEqual([1, 1])
    expect(await one.getMany(['a', 'b'])).toEqual([undefined, 1])
  })

  it('fails whole and keeps nothing when the load fails', async () => {
    const { one } = handles()
    const fail = () => Promise.reject(new Error('no database'))
    await expect(one.throughMany(['a', 'b'], minute, fail)).rejects.toThrow('no database')
    await one.throughMany(['a', 'b'], minute, lengths)
    expect(await one.getMany(['a', 'b'])).toEqual([1, 1])
  })
}
