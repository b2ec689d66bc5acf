import { describe, expect, it, vi } from 'vitest'
import { FakeClock } from '../../kit/clock.ts'
import type { Broadcast } from '../broadcast/port.ts'
import { coherentCache } from './coherent.ts'
import { MemoryCache, MemoryStore } from './memory/cache.ts'

/** Tells all listeners of all its handles at once; `loseTouch` is what a lost connection does. */
function radio() {
  const handlers = new Map<string, Set<(message: unknown) => void>>()
  const gaps: (() => void)[] = []
  const before: (() => void)[] = []
  const broadcast: Broadcast = {
    isHearing: true,
    async publish(channel, message) {
      for (const run of before) run()
      for (const handler of handlers.get(channel) ?? []) handler(structuredClone(message))
    },
    async subscribe(channel, handler) {
      const all = handlers.get(channel) ?? new Set()
      handlers.set(channel, all.add(handler))
      return { [Symbol.asyncDispose]: async () => void all.delete(handler) }
    },
    beforePublish: (run) => void before.push(run),
    onGap: (handler) => void gaps.push(handler),
    ping: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
  const loseTouch = () => {
    for (const gap of gaps) gap()
  }
  return { broadcast, loseTouch, handlers }
}

const minute = { ttl: 60 }
/** Two processes' entries of one kind. */
const twoOf = async (broadcast: Broadcast) => [await thingsOf(broadcast), await thingsOf(broadcast)] as const
const thingsOf = async (broadcast: Broadcast, onError?: (error: unknown) => void) =>
  (await coherentCache(local(), broadcast, onError)).entries<string, unknown>('things', minute)
const local = () => new MemoryCache(new MemoryStore({ entries: 100, clock: new FakeClock() }))

describe('caches of several processes', () => {
  it('forget in all what is deleted in one, and keep the rest', async () => {
    const { broadcast } = radio()
    const [one, two] = await twoOf(broadcast)
    for (const things of [one, two]) {
      await things.set('a', 1)
      await things.set('b', 2)
    }
    await one.del(['a'])
    for (const things of [one, two])
      expect([await things.get('a'), await things.get('b')]).toEqual([undefined, 2])
    await one.del([])
  })

  it('forget in the others what is amended in one', async () => {
    const { broadcast } = radio()
    const [one, two] = await twoOf(broadcast)
    for (const things of [one, two]) await things.set('a', 1)
    await one.amend(['a'], () => 2)
    await one.amend([], () => 2)
    expect([await one.get('a'), await two.get('a')]).toEqual([2, undefined])
  })

  it('keep a stale load out when the key is deleted elsewhere meanwhile', async () => {
    const { broadcast } = radio()
    const [one, two] = await twoOf(broadcast)
    const held = Promise.withResolvers<string>()
    const loading = one.through('a', () => held.promise)
    await Promise.resolve()
    await two.del(['a'])
    held.resolve('stale')
    expect(await loading).toBe('stale')
    expect(await one.get('a')).toBeUndefined()
  })

  it('have forgotten what its teller has, when they hear of something', async () => {
    const { broadcast } = radio()
    const [one, two] = await twoOf(broadcast)
    // The first is sent at once, what follows closely a little later.
    await one.del(['first'])
    await two.set('a', 'old')
    const heard = Promise.withResolvers<unknown>()
    await broadcast.subscribe('news', () => heard.resolve(two.get('a')))
    await one.del(['a'])
    await broadcast.publish('news', 'a has changed')
    expect(await heard.promise).toBeUndefined()
  })

  it('keep what was read after a deletion that is told a little later', async () => {
    const { broadcast } = radio()
    const [one, two] = await twoOf(broadcast)
    await one.del(['first'])
    await two.set('a', 'old')
    await one.del(['a'])
    await one.set('a', 'new')
    await vi.waitFor(async () => expect(await two.get('a')).toBeUndefined())
    expect(await one.get('a')).toBe('new')
  })

  it('hear of a deletion that could not be told at first', async () => {
    const { broadcast } = radio()
    const told: unknown[] = []
    const failing: Broadcast = {
      ...broadcast,
      publish: (channel, message) =>
        told.length === 0 ? Promise.reject(new Error('no connection')) : broadcast.publish(channel, message),
    }
    const one = await thingsOf(failing, (error) => told.push(error))
    const two = await thingsOf(broadcast)
    await two.set('a', 'old')
    await one.del(['a'])
    await vi.waitFor(async () => expect(await two.get('a')).toBeUndefined())
    expect(told).toHaveLength(1)
  })

  it('drop everything when a deletion may have been missed', async () => {
    const { broadcast, loseTouch } = radio()
    const things = await thingsOf(broadcast)
    await things.set('a', 1)
    loseTouch()
    expect(await things.get('a')).toBeUndefined()
  })

  it('stop listening when they are disposed of', async () => {
    const { broadcast, handlers } = radio()
    const cache = await coherentCache(local(), broadcast)
    await cache[Symbol.asyncDispose]()
    expect([...handlers.values()].every((all) => all.size === 0)).toBe(true)
  })
})
