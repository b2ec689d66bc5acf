import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Assumptions, assumptions, defaults, flagOf, parseFlags } from './assumptions.ts'
import { plan, ratesOf } from './model.ts'
import { faults, simulateFanOut, simulateFault } from './simulation.ts'
import { describe as describeText, help, short } from './text.ts'
import { unitCosts } from './unit-costs.ts'

const of = (changed: Partial<Assumptions> = {}) => plan(unitCosts, { ...defaults, ...changed })
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** All that is to grow with the community. */
const sizes = (made: ReturnType<typeof plan>) => [
  made.machines,
  made.sockets,
  made.cacheBytes,
  made.eventPartitions,
  made.databaseShards,
  ...made.roles.flatMap(({ cores, machines }) => [cores, machines]),
  ...made.storage.map(({ bytes }) => bytes),
  ...Object.values(made.bandwidth),
  ...made.money.map(({ month }) => month),
]

describe('the model', () => {
  test('more members a day never need less of anything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2e9 }), fc.integer({ min: 1, max: 2e9 }), (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((dau) => sizes(of({ dau })))
        expect(large?.every((value, at) => value >= (small?.[at] ?? Number.POSITIVE_INFINITY))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('what they do more of is never for nothing either', () => {
    for (const name of ['uploads', 'messages', 'searches', 'feedReads', 'peakFactor', 'pushedTo'] as const) {
      const more = sizes(of({ [name]: defaults[name] * 2 }))
      expect(
        more.some((value, at) => value > (sizes(of())[at] ?? 0)),
        name,
      ).toBe(true)
    }
  })

  test('the design’s own numbers come out', () => {
    const rates = ratesOf(defaults)
    expect(Math.round(rates.feedReads / 1000)).toBe(58)
    expect(Math.round((rates.feedReads * defaults.peakFactor) / 1000)).toBe(174)
    expect(Math.round(rates.posts * 86_400)).toBe(50e6)
    const writes = rates.posts + rates.likes + rates.comments + rates.follows
    expect((rates.feedReads + rates.pageReads) / writes).toBeCloseTo(100)
  })

  test('a small community by hand', () => {
    // 86 400 members: one page a second for each page that a member reads a day.
    const made = of({ dau: 86_400, peakFactor: 1, warmShare: 1, overhead: 1, surviveRegion: 0 })
    expect(made.rates).toMatchObject({ feedReads: 10, pageReads: 30, posts: 0.1, entries: 15 })
    const reading = made.roles.find(({ role }) => role === 'api, read')
    expect(reading?.cores).toBeCloseTo((10 * 0.077 + 30 * 0.188) / 1000)
    expect(made.roles.every(({ machines }) => machines === 2)).toBe(true)
    const posts = made.storage.find(({ kind }) => kind === 'posts')
    expect(posts?.bytes).toBeCloseTo(0.1 * 86_400 * 365 * 2500 * 3)
    expect(made.bandwidth.uploads).toBeCloseTo(0.1 * (0.8 * 3e6 + 0.2 * 30e6) * 8)
    expect(made).toMatchObject({ eventPartitions: 1, databaseShards: 1, sockets: 8640 })
  })

  test('parts and wholes agree', () => {
    const made = of()
    expect(made.machines).toBe(sum(made.roles.map(({ machines }) => machines)))
    expect(made.cores).toBe(made.machines * defaults.cores)
    const priced = made.money.find(({ part }) => part === 'machines')
    expect(priced?.month).toBeCloseTo(made.cores * defaults.priceCoreHour * 730)
    for (const { machines, cores } of made.roles)
      expect(machines * defaults.cores * defaults.busy).toBeGreaterThanOrEqual(cores)
  })
})

describe('the simulation', () => {
  test('gives the same for the same seed, and waits longer on a busier core', () => {
    const lag = (busy: number) => simulateFanOut(of(), unitCosts, { ...defaults, busy })
    expect(lag(0.6)).toEqual(lag(0.6))
    expect(lag(0.6).posts).toBe(20_000)
    expect(lag(0.95).p99).toBeGreaterThan(lag(0.3).p99)
    expect(lag(0.6).p50).toBeLessThanOrEqual(lag(0.6).p95)
  })

  test('an author of many does not keep others waiting', () => {
    const alone = simulateFanOut(of(), unitCosts, defaults, { celebrity: 200 })
    const withLarge = simulateFanOut(of(), unitCosts, defaults, { celebrity: 10_000 })
    expect(withLarge.p50).toBeLessThan(alone.p50 + 0.1)
  })

  test('a community that is to survive its largest region does, and one that is not refuses work', () => {
    const outageOf = (surviveRegion: number) => {
      const a = { ...defaults, surviveRegion }
      const made = plan(unitCosts, a)
      return faults(made, a).map((fault) => simulateFault(made, a, fault))
    }
    const [machine, region] = outageOf(1)
    expect(machine).toMatchObject({ seconds: 30 })
    expect(region?.busyAfter).toBeLessThanOrEqual(defaults.busy)
    expect(region).toMatchObject({ seconds: 180, lostShare: defaults.largestRegion })
    const [, refused] = outageOf(0)
    expect(refused?.busyAfter).toBeGreaterThan(1)
    expect(refused?.lost).toBeGreaterThan(region?.lost ?? 0)
  })
})

describe('flags', () => {
  test('each assumption has one', () => {
    for (const name of Object.keys(assumptions) as (keyof Assumptions)[])
      expect(parseFlags([flagOf(name), '7']).values[name]).toBe(7)
    expect(parseFlags(['--dau', '500e6', '--json'])).toMatchObject({ values: defaults, json: true })
  })

  test('what is not understood is said', () => {
    expect(() => parseFlags(['--daus', '7'])).toThrow('There is no --daus')
    for (const value of ['many', '-1', 'Infinity', undefined])
      expect(() => parseFlags(value === undefined ? ['--dau'] : ['--dau', value])).toThrow('--dau is to be')
  })

  test('the text names all of it', () => {
    const made = of()
    const outlook = { plan: made, lag: simulateFanOut(made, unitCosts, defaults), outages: [] }
    const said = describeText(defaults, outlook)
    for (const { role } of made.roles) expect(said).toContain(role)
    for (const { kind } of made.storage) expect(said).toContain(kind)
    expect(said).not.toMatch(/NaN|undefined|Infinity/)
    expect(help()).toContain('--survive-region')
    expect([short(999), short(1_234_567), short(0.5)]).toEqual(['999', '1.2 M', '0.5'])
  })
})
