import { describe, expect, it } from 'vitest'
import { type Clock, FakeClock } from '../../kit/clock.ts'
import { codeStamp } from '../../kit/code-stamp.ts'
import { MemoryCache, MemoryStore } from './memory/cache.ts'
import { owing } from './owing.ts'
import { DELETED_FOR, type DerivedEntries, type SharedValues } from './port.ts'
import { overShared } from './shared.ts'
import { stamped } from './stamped.ts'
import { sharedValuesSuite } from './suite/shared-values.suite.ts'

type Kept = Map<string, { value: Uint8Array | undefined; until: number }>

/** Stands for a server of values; who has none keeps until when nothing may be set. */
const inOneMap = (kept: Kept, clock: Clock): SharedValues => {
  const at = (key: string) => {
    const found = kept.get(key)
    return found && found.until > clock.now() ? found : undefined
  }
  return {
    get: async (keys) => keys.map((key) => at(key)?.value),
    async set(values, ttl) {
      for (const [key, value] of values)
        if (!at(key)) kept.set(key, { value: Uint8Array.from(value), until: clock.now() + ttl * 1000 })
    },
    async del(keys) {
      for (const key of keys) kept.set(key, { value: undefined, until: clock.now() + DELETED_FOR * 1000 })
    },
    ping: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

sharedValuesSuite('in one map', async (clock) => {
  const kept: Kept = new Map()
  return { open: async () => inOneMap(kept, clock), [Symbol.asyncDispose]: async () => {} }
})

sharedValuesSuite('with nothing owed', async (clock) => {
  const kept: Kept = new Map()
  return { open: async () => owing(inOneMap(kept, clock)), [Symbol.asyncDispose]: async () => {} }
})

sharedValuesSuite('with the stamp of their code', async (clock) => {
  const kept: Kept = new Map()
  const stamp = Uint8Array.of(7)
  return { open: async () => stamped(inOneMap(kept, clock), stamp), [Symbol.asyncDispose]: async () => {} }
})

interface Thing {
  name: string
  bytes?: Uint8Array
}
type Things = DerivedEntries<string, Thing>

/** Two processes on the same values. */
function twoProcesses() {
  const clock = new FakeClock()
  const kept: Kept = new Map()
  const failures: unknown[] = []
  const shared = inOneMap(kept, clock)
  const open = (values: SharedValues = shared) =>
    overShared(new MemoryCache(new MemoryStore({ entries: 100, clock })), values, (error) =>
      failures.push(error),
    ).entries<string, Thing>('things', { ttl: 60, shared: true })
  return { clock, shared, failures, open, one: open(), two: open() }
}
const never = () => Promise.reject(new Error('loaded'))
const loading = (things: Things, id: string, name: string) => things.through(id, async () => ({ name }))

describe('values of other code', () => {
  const stamps = [Uint8Array.of(1, 1), Uint8Array.of(1, 2)] as const
  it('are absent, whatever they are, until they are over; a deletion holds for both', async () => {
    const clock = new FakeClock()
    const shared = inOneMap(new Map(), clock)
    const [older, newer] = stamps.map((stamp) => stamped(shared, stamp)) as [SharedValues, SharedValues]
    const value = Uint8Array.of(5)
    await older.set(new Map([['a', value]]), 60)
    expect([await older.get(['a']), await newer.get(['a'])]).toEqual([[value], [undefined]])
    await newer.del(['a'])
    expect(await older.get(['a'])).toEqual([undefined])
    await shared.set(new Map([['short', Uint8Array.of(1)]]), 60)
    expect(await older.get(['short'])).toEqual([undefined])
  })

  it('have another stamp, the same code the same', () => {
    expect([...codeStamp()]).toEqual([...codeStamp()])
    expect(codeStamp()).toHaveLength(8)
  })
})

describe('a cache over shared values', () => {
  it('loads once what two processes ask for, bytes included, and has its own object of it', async () => {
    const { one, two } = twoProcesses()
    const made = { name: 'a', bytes: Buffer.from([0, 255]) }
    const first = await one.through('a', async () => made)
    const [second] = await two.throughMany(['a'], never)
    expect(first).toBe(made)
    expect(second).toEqual({ name: 'a', bytes: expect.objectContaining({ length: 2 }) })
    expect([...(second?.bytes ?? [])]).toEqual([0, 255])
    for (const things of [one, two]) expect(await things.get('a')).toBe(await things.get('a'))
    expect(await two.get('a')).toBe(second)
  })

  it('asks for what nobody has in one load', async () => {
    const { one, two } = twoProcesses()
    await loading(one, 'a', 'a')
    const asked: string[][] = []
    const found = await two.throughMany(['b', 'a', 'nobody'], async (missing) => {
      asked.push(missing)
      return new Map([['b', { name: 'b' }]])
    })
    expect(found).toEqual([{ name: 'b' }, { name: 'a' }, undefined])
    expect(asked).toEqual([['b', 'nobody']])
  })

  describe.each([
    ['deleted', (things: Things) => things.del(['a'])],
    ['set', (things: Things) => things.set('a', { name: 'new' })],
    ['amended', (things: Things) => things.amend(['a'], () => ({ name: 'new' }))],
  ])('has others load anew what one has %s', (_, change) => {
    it('where they had not read it', async () => {
      const { one, two } = twoProcesses()
      await loading(one, 'a', 'old')
      await change(one)
      expect((await loading(two, 'a', 'fresh')).name).toBe('fresh')
    })

    it('though somebody was still loading what was before', async () => {
      const { one, two, open } = twoProcesses()
      const [held, started] = [Promise.withResolvers<Thing>(), Promise.withResolvers<void>()]
      const stale = two.through('a', () => {
        started.resolve()
        return held.promise
      })
      await started.promise
      await change(one)
      held.resolve({ name: 'old' })
      await stale
      expect((await loading(open(), 'a', 'fresh')).name).toBe('fresh')
    })
  })

  it('loads everything, and says so, while the shared values cannot be had; a deletion then fails', async () => {
    const { failures, open, shared } = twoProcesses()
    const away = () => Promise.reject(new Error('away'))
    const things = open({ ...shared, get: away, set: away, del: away })
    expect((await loading(things, 'a', 'loaded')).name).toBe('loaded')
    expect((await things.get('a'))?.name).toBe('loaded')
    expect(failures).toHaveLength(2)
    await expect(things.del(['a'])).rejects.toThrow('away')
    expect(await things.get('a')).toBeUndefined()
    await things.del([])
  })

  it('are not read where a deletion is owed, until it could be made', async () => {
    const { open, shared, one } = twoProcesses()
    let isAway = false
    const flaky = owing({
      ...shared,
      del: (keys) => (isAway ? Promise.reject(new Error('away')) : shared.del(keys)),
    })
    const things = open(flaky)
    await loading(one, 'a', 'old')
    await loading(one, 'b', 'other')
    isAway = true
    await expect(things.del(['a'])).rejects.toThrow('away')
    expect((await loading(things, 'a', 'new')).name).toBe('new')
    // The others are, and what was loaded meanwhile was not kept for anybody.
    expect((await things.throughMany(['b', 'a'], never))[0]).toEqual({ name: 'other' })
    expect((await loading(open(), 'a', 'loaded')).name).toBe('old')
    isAway = false
    await expect.poll(async () => (await shared.get(['things:a']))[0]).toBeUndefined()
    await flaky[Symbol.asyncDispose]()
  })
})
