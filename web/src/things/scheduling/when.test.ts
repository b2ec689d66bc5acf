import { describe, expect, it } from 'vitest'
import { faultOf, firstOffer, instantOf, localOf } from './when.ts'

const now = new Date('2026-05-03T17:12:00').getTime()
const DAY = 86_400_000

describe('the time of a post', () => {
  it('goes to the field and back, to the minute', () => {
    expect(localOf(new Date('2026-05-03T07:05:59'))).toBe('2026-05-03T07:05')
    for (const local of ['2026-05-03T07:05', '2026-12-31T23:59'])
      expect(localOf(instantOf(local) as Date)).toBe(local)
    for (const nothing of ['', 'tomorrow', '2026-13-40T99:99']) expect(instantOf(nothing)).toBeNull()
  })

  it('lies ahead, 75 days at most', () => {
    expect(faultOf(null, now)).toBe('past')
    expect(faultOf(new Date(now), now)).toBe('past')
    expect(faultOf(new Date(now + 60_000), now)).toBeNull()
    expect(faultOf(new Date(now + 75 * DAY), now)).toBeNull()
    expect(faultOf(new Date(now + 75 * DAY + 1), now)).toBe('far')
  })

  it('is offered at a full hour that can be taken', () => {
    const offer = firstOffer(now)
    expect(offer.getMinutes()).toBe(0)
    expect(offer.getTime() - now).toBeGreaterThan(3_600_000)
    expect(faultOf(offer, now)).toBeNull()
  })
})
