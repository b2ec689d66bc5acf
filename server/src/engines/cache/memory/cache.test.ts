import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import { cacheSuite } from '../suite/cache.suite.ts'
import { MemoryCache, MemoryStore } from './cache.ts'
import { roughBytes } from './size.ts'

cacheSuite('in this process', async (clock) => {
  const store = new MemoryStore({ entries: 100_000, clock })
  return { open: async () => new MemoryCache(store), clock, [Symbol.asyncDispose]: async () => {} }
})

describe('bounds of the cache in this process', () => {
  const minute = { ttl: 60 }

  it('keeps the entries used last, of whichever kind', async () => {
    const clock = new FakeClock()
    const cache = new MemoryCache(new MemoryStore({ entries: 2, clock }))
    const [letters, digits] = [cache.entries('letter', minute), cache.entries('digit', minute)]
    await letters.set('a', 1)
    clock.advance(1)
    await digits.set('1', 2)
    // Use is noted to the second.
    clock.advance(1001)
    await letters.get('a')
    await digits.set('2', 3)
    expect([await letters.get('a'), await digits.get('1'), await digits.get('2')]).toEqual([1, undefined, 3])
  })

  it('keeps what was amended, for the time that was left to it', async () => {
    const clock = new FakeClock()
    const things = new MemoryCache(new MemoryStore({ entries: 10, clock })).entries<string, number>(
      'n',
      minute,
    )
    await things.set('a', 1)
    clock.advance(59_000)
    await things.amend(['a'], (value) => value + 1)
    expect(await things.get('a')).toBe(2)
    clock.advance(1_000)
    expect(await things.get('a')).toBeUndefined()
  })

  it('keeps no more bytes than told, of all kinds together', async () => {
    const cache = new MemoryCache(new MemoryStore({ entries: 1000, bytes: 10_000, clock: new FakeClock() }))
    const kinds = ['x', 'y'].map((kind) => cache.entries<string, string>(kind, minute))
    for (let i = 0; i < 20; i++) await kinds[i % 2]?.set(`k${i}`, 'x'.repeat(1000))
    const kept = await Promise.all(Array.from({ length: 20 }, (_, i) => kinds[i % 2]?.get(`k${i}`)))
    expect(kept.filter(Boolean).length).toBeGreaterThan(5)
    expect(kept.filter(Boolean).length).toBeLessThan(10)
    expect(kept.at(-1)).toBeDefined()
  })

  it('counts what is deleted and replaced as gone', async () => {
    const cache = new MemoryCache(new MemoryStore({ entries: 3, clock: new FakeClock() }))
    const things = cache.entries<string, number>('thing', minute)
    await things.set('kept', 1)
    for (let i = 0; i < 20; i++) {
      await things.set('again', i)
      await things.set('gone', i)
      await things.del(['gone'])
    }
    expect(await things.get('kept')).toBe(1)
  })

  it('guesses sizes of long lists and deep values within a factor of two', () => {
    const post = {
      post_id: 'x'.repeat(36),
      caption: 'y'.repeat(200),
      likes_count: 3,
      media: [{ url: 'z'.repeat(80) }],
    }
    const one = roughBytes('k', post)
    expect(one).toBeGreaterThan(JSON.stringify(post).length / 2)
    const many = roughBytes('k', Array(1000).fill(post))
    expect(many / (one * 1000)).toBeGreaterThan(0.5)
    expect(many / (one * 1000)).toBeLessThan(2)
    expect(roughBytes('k', Buffer.alloc(5000))).toBeGreaterThan(5000)
  })
})
