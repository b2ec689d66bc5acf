import { expect, it } from 'vitest'
import type { FakeClock } from '../../../kit/clock.ts'
import type { CacheStore, DerivedEntries } from '../port.ts'

/** Two handles on one store, and how to open another. */
export type Handles = () => {
  one: CacheStore
  two: CacheStore
  clock: FakeClock
  open(): Promise<CacheStore>
}

/** What a cache remembers of ids that have nothing, where it is asked to. */
export function absenceCases(handles: Handles): void {
  const remembering = { ttl: 60, absence: { ttl: 10, most: 3 } }
  /** Two handles' entries of a kind, and what was asked of the truth, of which `exists` is there. */
  const scene = () => {
    const asked: string[] = []
    const exists = new Set<string>()
    const [one, two] = [handles().one, handles().two].map((cache) =>
      cache.entries<string, string>('named', remembering),
    ) as [DerivedEntries<string, string>, DerivedEntries<string, string>]
    const load = async (missing: string[]) => {
      asked.push(...missing)
      return new Map(missing.filter((id) => exists.has(id)).map((id) => [id, id]))
    }
    const ask = (...ids: string[]) => one.throughMany(ids, load)
    return { asked, exists, one, two, ask, load }
  }

  it('is asked for once, for as long as it is to be believed', async () => {
    const { asked, ask, one, load } = scene()
    for (let n = 0; n < 3; n++) expect(await ask('a', 'b')).toEqual([undefined, undefined])
    expect(await one.through('a', async () => (await load(['a'])).get('a') as string)).toBeUndefined()
    expect(asked).toEqual(['a', 'b'])
    handles().clock.advance(10_000)
    await ask('a')
    expect(asked).toEqual(['a', 'b', 'a'])
  })

  it('ends with what is deleted, set or cleared, through whichever handle', async () => {
    const { exists, two, ask } = scene()
    await ask('a', 'b', 'c')
    for (const id of ['a', 'b', 'c']) exists.add(id)
    await two.del(['a'])
    expect(await ask('a', 'b')).toEqual(['a', undefined])
    await two.set('b', 'set')
    expect(await ask('b', 'c')).toEqual(['set', undefined])
    await handles().two.clear()
    expect(await ask('c')).toEqual(['c'])
  })

  it('that is being found out when something is made there is not believed', async () => {
    const { one, two, ask, exists } = scene()
    const { promise, resolve } = Promise.withResolvers<ReadonlyMap<string, string>>()
    const before = one.throughMany(['a'], () => promise)
    exists.add('a')
    await two.del(['a'])
    resolve(new Map())
    await before
    expect(await ask('a')).toEqual(['a'])
  })

  it('is remembered of the last few alone, and takes no room of what is there', async () => {
    const { asked, ask, exists } = scene()
    exists.add('there')
    await ask('there')
    for (let n = 0; n < 5000; n++) await ask(`nobody.${n}`)
    expect(await ask('there')).toEqual(['there'])
    expect(asked.filter((id) => id === 'there')).toHaveLength(1)
    asked.length = 0
    await ask('nobody.4999', 'nobody.4997', 'nobody.0')
    expect(asked).toEqual(['nobody.0'])
  })
}
