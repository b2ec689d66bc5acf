import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Broadcast } from '../port.ts'

export interface BroadcastStore {
  /** Opens one more instance on the same backing store. */
  open(onError: (error: unknown) => void): Promise<Broadcast>
  /** Cuts the connections of all instances, which are to come back by themselves. */
  interrupt(): Promise<void>
  /** From now on nothing passes to or from this instance, and nothing says so; `release` lets it pass again. */
  hold(instance: Broadcast): void
  release(instance: Broadcast): void
  dispose(): Promise<void>
}

/** What every adapter of the Broadcast port must do. Two instances share one backing store, as two processes would. */
export function testBroadcast(name: string, createStore: () => Promise<BroadcastStore>): void {
  describe(`Broadcast: ${name}`, () => {
    let store: BroadcastStore
    let one: Broadcast
    let two: Broadcast
    const onError = vi.fn()

    beforeEach(async () => {
      onError.mockReset()
      store = await createStore()
      one = await store.open(onError)
      two = await store.open(onError)
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store.dispose()
    })

    const collect = async (broadcast: Broadcast, channel: string): Promise<unknown[]> => {
      const heard: unknown[] = []
      await broadcast.subscribe(channel, (message) => heard.push(message))
      return heard
    }
    const soon = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 2 })

    test('reaches every subscriber of a channel once, here and elsewhere, and nobody else', async () => {
      const heard = await Promise.all([collect(one, 'a'), collect(one, 'a'), collect(two, 'a')])
      const other = await collect(two, 'b')
      await one.publish('a', { hello: 'world' })
      await one.publish('b', 'last')
      await soon(() => expect(other).toEqual(['last']))
      expect(heard).toEqual([[{ hello: 'world' }], [{ hello: 'world' }], [{ hello: 'world' }]])
    })

    test('keeps the order of one sender, and equal messages apart', async () => {
      const heard = await collect(two, 'a')
      const sent = Array.from({ length: 300 }, (_, index) => index % 3)
      await Promise.all(sent.map((message) => one.publish('a', message)))
      await soon(() => expect(heard.length).toBe(sent.length))
      expect(heard).toEqual(sent)
    })

    test('what goes before a message arrives before it', async () => {
      const heard = await collect(two, 'a')
      let waits = true
      one.beforePublish(() => {
        if (!waits) return
        waits = false
        void one.publish('a', 'first')
      })
      await one.publish('a', 'second')
      await soon(() => expect(heard).toEqual(['first', 'second']))
    })

    test('carries messages of any size and any text', async () => {
      const heard = await collect(two, 'größe')
      const large = { text: '🙂ä\0"\\\ud83d'.repeat(20_000), list: [null, 1.5, true] }
      await Promise.all([
        one.publish('größe', large),
        one.publish('größe', 'small'),
        one.publish('größe', large),
      ])
      await soon(() => expect(heard.length).toBe(3))
      expect(heard).toEqual([large, 'small', large])
    })

    test('stops when unsubscribed; others go on', async () => {
      const before: unknown[] = []
      const subscription = await two.subscribe('a', (message) => before.push(message))
      const after = await collect(two, 'a')
      await one.publish('a', 1)
      await soon(() => expect(before).toEqual([1]))
      await subscription[Symbol.asyncDispose]()
      await one.publish('a', 2)
      await soon(() => expect(after).toEqual([1, 2]))
      expect(before).toEqual([1])
    })

    test('a subscriber that throws is reported and disturbs nobody', async () => {
      const failure = new Error('clumsy')
      await two.subscribe('a', () => {
        throw failure
      })
      const heard = await collect(two, 'a')
      await one.publish('a', 1)
      await one.publish('a', 2)
      await soon(() => expect(heard).toEqual([1, 2]))
      expect(onError.mock.calls).toEqual([[failure], [failure]])
    })

    test('after a connection loss it tells of the gap, and goes on', async () => {
      const heard = await collect(two, 'a')
      const gap = vi.fn()
      one.onGap(gap)
      two.onGap(gap)
      for (let round = 1; round <= 3; round++) {
        await store.interrupt()
        await soon(() => expect(gap).toHaveBeenCalledTimes(2 * round))
        await vi.waitFor(() => one.publish('a', round), { timeout: 5000, interval: 2 })
        await soon(() => expect(heard.at(-1)).toBe(round))
      }
    })

    describe('held: connected, and nothing passes', () => {
      const patience = { timeout: 20_000, interval: 10 }

      test('it settles what is published, and others are not disturbed', async () => {
        const heard = await collect(two, 'a')
        store.hold(one)
        const began = performance.now()
        const refused = await Promise.allSettled([one.publish('a', 1), one.publish('b', 2)])
        expect(performance.now() - began).toBeLessThan(4000)
        for (const { status } of refused) expect(status).toBe('rejected')
        await two.publish('a', 'own')
        expect(heard).toEqual(['own'])
        store.release(one)
        await vi.waitFor(() => one.publish('a', 'again'), patience)
        await vi.waitFor(() => expect(heard.at(-1)).toBe('again'), patience)
      })

      test('it knows that it does not hear, has all be forgotten meanwhile, and knows when it hears again', async () => {
        const gap = vi.fn()
        two.onGap(gap)
        expect([one.isHearing, two.isHearing]).toEqual([true, true])
        store.hold(two)
        await vi.waitFor(() => expect(two.isHearing).toBe(false), patience)
        const before = gap.mock.calls.length
        await vi.waitFor(() => expect(gap.mock.calls.length).toBeGreaterThan(before), patience)
        expect(one.isHearing).toBe(true)
        store.release(two)
        await vi.waitFor(() => expect(two.isHearing).toBe(true), patience)
      }, 60_000)
    })

    test('gives a sign of life', async () => {
      await one.ping()
    })
  })
}
