import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('what comes as fast as it may is read at once, what comes faster waits', () => {
  const pace = new Pace({ bytesPerSecond: 1000, aheadSeconds: 4 })
  for (let second = 0; second < 100; second++) expect(pace.take(1000, second * 1000)).toBe(0)
  // Three seconds are left of what may come ahead.
  expect(pace.take(3000, 99_000)).toBe(0)
  expect(pace.take(500, 99_000)).toBe(500)
  expect(pace.take(1000, 99_500)).toBe(1000)
})

test('who was silent for long may not send for all that time at once', () => {
  const pace = new Pace({ bytesPerSecond: 1000, aheadSeconds: 4 })
  expect(pace.take(1000, 0)).toBe(0)
  expect(pace.take(5000, 1_000_000)).toBe(1000)
})
