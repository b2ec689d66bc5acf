import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import type { CacheStore, DerivedEntries } from '../port.ts'
import { absenceCases, type Handles } from './absence.suite.ts'

export interface CacheFixture {
  /** Opens another handle on the same backing store, empty at the start of each case. */
  open(): Promise<CacheStore>
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
    let one: CacheStore
    let two: CacheStore
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
    describe('kinds', () => kindCases(handles))
    describe('through', () => throughCases(handles))
    describe('throughMany', () => throughManyCases(handles))
    describe('absence', () => absenceCases(handles))
  })
}

/** Entries of one kind, as two handles give them. */
const both = ({ one, two }: ReturnType<Handles>): DerivedEntries<string, unknown>[] => [
  one.entries('things', minute),
  two.entries('things', minute),
]
type Things = DerivedEntries<string, unknown>
const valuesOf = (entries: DerivedEntries<string, unknown>, ids: readonly string[]) =>
  Promise.all(ids.map((id) => entries.get(id)))

function valueCases(handles: Handles): void {
  let one: DerivedEntries<string, unknown>
  let two: DerivedEntries<string, unknown>
  beforeEach(() => {
    ;[one, two] = both(handles()) as [typeof one, typeof two]
  })

  it('answers what another handle has set, and undefined for what nobody has', async () => {
    await one.set('a', { name: 'Ana', tags: ['x'] })
    expect(await two.get('a')).toEqual({ name: 'Ana', tags: ['x'] })
    expect(await two.get('b')).toBeUndefined()
  })

  it('forgets a value when its time is over and not before', async () => {
    const { clock } = handles()
    await one.set('a', 1)
    clock.advance(59_999)
    expect(await two.get('a')).toBe(1)
    clock.advance(1)
    expect(await two.get('a')).toBeUndefined()
  })

  it('gives a value set again its new value and its new time', async () => {
    const { clock } = handles()
    await one.set('a', 1)
    clock.advance(50_000)
    await two.set('a', 2)
    clock.advance(50_000)
    expect(await one.get('a')).toBe(2)
  })

  it('deletes for every handle, keeps the rest, and bears absent ids', async () => {
    await one.set('a', 1)
    await one.set('b', 2)
    await two.del(['a', 'never'])
    await two.del([])
    expect(await valuesOf(one, ['a', 'b'])).toEqual([undefined, 2])
  })

  it('changes what is kept, or drops it, but does not leave it as it was, and adds nothing', async () => {
    const { clock } = handles()
    const plusOne = (value: unknown) => (value as number) + 1
    for (const id of ['a', 'b']) await one.set(id, 1)
    clock.advance(59_000)
    await two.amend(['a', 'never'], plusOne)
    await two.amend(['b'], () => undefined)
    await two.amend([], plusOne)
    for (const things of [one, two]) {
      expect([2, undefined]).toContain(await things.get('a'))
      expect(await valuesOf(things, ['b', 'never'])).toEqual([undefined, undefined])
    }
    clock.advance(1_000)
    expect(await one.get('a')).toBeUndefined()
  })

  it('answers one process the very same object until it is forgotten', async () => {
    const made = { name: 'Ana' }
    expect(await one.through('a', async () => made)).toBe(made)
    const load = async () => new Map<string, unknown>()
    for (const found of [
      await one.get('a'),
      await one.through('a', load),
      (await one.throughMany(['a'], load))[0],
    ])
      expect(found).toBe(made)
    await two.del(['a'])
    const again = { name: 'Ana' }
    expect(await one.through('a', async () => again)).toBe(again)
    await two.set('b', made)
    expect(await two.get('b')).toBe(made)
  })

  it('drops every entry on clear', async () => {
    await one.set('a', 1)
    await handles().two.clear()
    expect(await one.get('a')).toBeUndefined()
  })

  it('outlives the handle that wrote', async () => {
    const brief = await handles().open()
    await brief.entries('things', minute).set('a', 1)
    await brief[Symbol.asyncDispose]()
    expect(await two.get('a')).toBe(1)
    await handles().two.ping()
  })
}

function kindCases(handles: Handles): void {
  it('keeps kinds apart: the same id is a thing of its own in each, with its own time', async () => {
    const { one, two, clock } = handles()
    const [brief, long] = [one.entries('brief', { ttl: 10 }), one.entries('long', minute)]
    await brief.set('a', 1)
    await long.set('a', 2)
    expect(await two.entries('brief', minute).get('a')).toBe(1)
    clock.advance(10_000)
    expect([await brief.get('a'), await long.get('a')]).toEqual([undefined, 2])
    await two.entries('brief', minute).del(['a'])
    expect(await long.get('a')).toBe(2)
  })

  it('loads an id of one kind while that of another is loaded', async () => {
    const { one } = handles()
    const held = gate<string>()
    const loading = one.entries('slow', minute).through('a', () => held.promise)
    expect(await one.entries('quick', minute).through('a', async () => 'quick')).toBe('quick')
    held.resolve('slow')
    expect(await loading).toBe('slow')
  })
}

function throughCases(handles: Handles): void {
  it('loads once for all who ask at the same time, and keeps the answer', async () => {
    const [one, two] = both(handles()) as [Things, Things]
    const held = gate<string>()
    let loads = 0
    const load = () => {
      loads++
      return held.promise
    }
    const asked = Array.from({ length: 50 }, () => one.through('a', load))
    held.resolve('loaded')
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['loaded']))
    expect(await two.through('a', load)).toBe('loaded')
    expect(loads).toBe(1)
  })

  it('tells everyone of a failed load, keeps nothing, and loads again when asked again', async () => {
    const [one] = both(handles()) as [Things]
    const fail = () => Promise.reject(new Error('no database'))
    const asked = await Promise.allSettled([1, 2, 3].map(() => one.through('a', fail)))
    expect(asked.map((answer) => answer.status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await one.through('a', async () => 7)).toBe(7)
  })

  it.each([
    ['deleted by the same handle', (one: Things) => one.del(['a'])],
    ['deleted by another handle', (_: Things, two: Things) => two.del(['a'])],
    ['amended by another handle', (_: Things, two: Things) => two.amend(['a'], () => 'amended')],
  ])('keeps out a result whose key was %s while it was loaded', async (_, change) => {
    const [one, two] = both(handles()) as [Things, Things]
    const started = gate<void>()
    const held = gate<string>()
    const stale = one.through('a', () => {
      started.resolve()
      return held.promise
    })
    await started.promise
    await change(one, two)
    expect(await one.through('a', async () => 'fresh')).toBe('fresh')
    held.resolve('stale')
    expect(await stale).toBe('stale')
    expect(await two.get('a')).toBe('fresh')
  })

  it('does not write an older load over a newer set', async () => {
    const [one, two] = both(handles()) as [Things, Things]
    const started = gate<void>()
    const held = gate<string>()
    const loading = one.through('a', () => {
      started.resolve()
      return held.promise
    })
    await started.promise
    await two.set('a', 'newer')
    held.resolve('older')
    await loading
    expect(await one.get('a')).toBe('newer')
  })

  it('keeps null, but never undefined', async () => {
    const [one] = both(handles()) as [Things]
    let loads = 0
    for (const answer of [undefined, undefined, null, 'never asked for'])
      await one.through('a', async () => {
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
    const [one, two] = both(handles()) as [Things, Things]
    await one.set('a', 10)
    const asked: string[][] = []
    const load = (missing: string[]) => {
      asked.push(missing)
      return lengths(missing)
    }
    expect(await one.throughMany(['a', 'bb', 'ccc', 'bb'], load)).toEqual([10, 2, 3, 2])
    expect(await two.throughMany(['ccc', 'a'], load)).toEqual([3, 10])
    expect(asked).toEqual([['bb', 'ccc']])
  })

  it('leaves out what does not exist, and asks for it again next time', async () => {
    const [one] = both(handles()) as [Things]
    let loads = 0
    const none = async () => {
      loads++
      return new Map<string, number>()
    }
    expect(await one.throughMany(['a'], none)).toEqual([undefined])
    expect(await one.throughMany(['a'], none)).toEqual([undefined])
    expect(loads).toBe(2)
  })

  it('joins what is being loaded already', async () => {
    const [one] = both(handles()) as [Things]
    const held = gate<number>()
    const single = one.through('a', () => held.promise)
    const asked: string[][] = []
    const many = one.throughMany(['a', 'b'], (missing) => {
      asked.push(missing)
      return lengths(missing)
    })
    held.resolve(5)
    expect(await many).toEqual([5, 1])
    expect(await single).toBe(5)
    expect(asked).toEqual([['b']])
  })

  it('keeps out only the key that was deleted meanwhile', async () => {
    const [one, two] = both(handles()) as [Things, Things]
    const started = gate<void>()
    const held = gate<void>()
    const loading = one.throughMany(['a', 'b'], async (missing) => {
      started.resolve()
      await held.promise
      return lengths(missing)
    })
    await started.promise
    await two.del(['a'])
    held.resolve()
    expect(await loading).toEqual([1, 1])
    expect(await valuesOf(one, ['a', 'b'])).toEqual([undefined, 1])
  })

  it('fails whole and keeps nothing when the load fails', async () => {
    const [one] = both(handles()) as [Things]
    const fail = () => Promise.reject(new Error('no database'))
    await expect(one.throughMany(['a', 'b'], fail)).rejects.toThrow('no database')
    await one.throughMany(['a', 'b'], lengths)
    expect(await valuesOf(one, ['a', 'b'])).toEqual([1, 1])
  })
}
