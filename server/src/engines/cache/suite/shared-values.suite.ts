import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../../../kit/clock.ts'
import { DELETED_FOR, type SharedValues } from '../port.ts'

export interface SharedValuesFixture extends AsyncDisposable {
  /** Opens another handle on the same values, of which there are none at the start of each case. */
  open(): Promise<SharedValues>
}

const bytes = (text: string) => Buffer.from(text)
const texts = (found: readonly (Uint8Array | undefined)[]) =>
  found.map((value) => value && Buffer.from(value).toString())

/** What every store of shared values has to do; two handles, as two processes would have. */
export function sharedValuesSuite(
  name: string,
  fixture: (clock: FakeClock) => Promise<SharedValuesFixture>,
): void {
  describe(`shared values: ${name}`, () => {
    let clock: FakeClock
    let store: SharedValuesFixture
    let one: SharedValues
    let two: SharedValues
    beforeEach(async () => {
      clock = new FakeClock()
      store = await fixture(clock)
      one = await store.open()
      two = await store.open()
    })
    afterEach(async () => {
      await one[Symbol.asyncDispose]()
      await two[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    })
    const set = (handle: SharedValues, values: Record<string, string>, ttl = 60) =>
      handle.set(new Map(Object.entries(values).map(([key, text]) => [key, bytes(text)])), ttl)

    it('are answered to every process, byte by byte, in the order asked', async () => {
      const all = Buffer.from(Array.from({ length: 256 }, (_, n) => n))
      await one.set(new Map([['every byte', all]]), 60)
      await set(one, { a: 'A', empty: '' })
      expect(texts(await two.get(['empty', 'never', 'a']))).toEqual(['', undefined, 'A'])
      const [found] = await two.get(['every byte'])
      expect(Buffer.from(found ?? [])).toEqual(all)
      expect(await one.get([])).toEqual([])
    })

    it('end when their time is over and not before', async () => {
      await set(one, { a: 'A' })
      clock.advance(59_999)
      expect(texts(await two.get(['a']))).toEqual(['A'])
      clock.advance(1)
      expect(await two.get(['a'])).toEqual([undefined])
      await set(two, { a: 'again' })
      expect(texts(await one.get(['a']))).toEqual(['again'])
    })

    it('stay as they were set first', async () => {
      await set(one, { a: 'first' })
      await set(two, { a: 'second', b: 'B' })
      expect(texts(await one.get(['a', 'b']))).toEqual(['first', 'B'])
    })

    it('are deleted for everybody, and nothing that was read before comes back', async () => {
      await set(one, { a: 'A', b: 'B' })
      await two.del(['a', 'never'])
      await two.del([])
      await set(one, { a: 'read before', never: 'read before' })
      expect(texts(await one.get(['a', 'b', 'never']))).toEqual([undefined, 'B', undefined])
      clock.advance(DELETED_FOR * 1000)
      await set(one, { a: 'read since' })
      expect(texts(await two.get(['a']))).toEqual(['read since'])
      await two.ping()
    })
  })
}
