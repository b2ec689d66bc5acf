import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FakeClock } from './clock.ts'
import { idFloor, idTime, newId } from './ids.ts'

const UUIDV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 })

describe('ids', () => {
  it('are UUIDv7 of the time they were made', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const id = newId(new FakeClock(ms))
        expect(id).toMatch(UUIDV7)
        expect(idTime(id)).toBe(ms)
      }),
    )
    const before = Date.now()
    expect(idTime(newId())).toBeGreaterThanOrEqual(before)
    expect(newId()).toMatch(UUIDV7)
  })

  it('sort as they were made, also within a millisecond', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 200 }), (pauses) => {
        const clock = new FakeClock()
        const ids = pauses.map((pause) => {
          clock.advance(pause)
          return newId(clock)
        })
        expect(ids).toEqual(ids.toSorted())
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
    const own = Array.from({ length: 1000 }, () => newId())
    expect(own).toEqual(own.toSorted())
  })

  it('sort as they were made when the clock ticks while one is being made', () => {
    let reads = 0
    const ticking = { now: () => 1_700_000_000_000 + Math.floor(reads++ / 3) }
    const ids = Array.from({ length: 2000 }, () => newId(ticking))
    expect(ids).toEqual(ids.toSorted())
  })

  it('have a floor that lies under every id of its instant and over all of the one before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (ms) => {
        const floor = idFloor(ms)
        expect(floor).toMatch(UUIDV7)
        expect(idTime(floor)).toBe(ms)
        expect(newId(new FakeClock(ms)) >= floor).toBe(true)
        expect(newId(new FakeClock(ms - 1)) < floor).toBe(true)
      }),
    )
    expect(idTime(idFloor(-5))).toBe(0)
  })
})
