import { expect, it } from 'vitest'
import { FakeClock, systemClock } from './clock.ts'

it('stands until it is moved', () => {
  const clock = new FakeClock('2026-02-03T04:05:06Z')
  expect(new Date(clock.now()).toISOString()).toBe('2026-02-03T04:05:06.000Z')
  clock.advance(1500)
  expect(new Date(clock.now()).toISOString()).toBe('2026-02-03T04:05:07.500Z')
  expect(new FakeClock(42).now()).toBe(42)
})

it('follows the machine in production', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000)
})
