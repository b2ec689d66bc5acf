import { expect, it } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = Date.parse('2026-06-15T12:00:00Z')
const ago = (seconds: number) => relativeTime(new Date(now - seconds * 1000), now)
const DAY = 86_400

it.each([
  [-30, 'now'],
  [10, 'now'],
  [60, '1m'],
  [3599, '59m'],
  [3600, '1h'],
  [DAY, '1d'],
  [6 * DAY, '6d'],
  [7 * DAY, '1w'],
  [27 * DAY, '3w'],
])('%d seconds ago is %s', (seconds, text) => expect(ago(seconds)).toBe(text))

it('names the day from four weeks on, and the year of another one', () => {
  expect(ago(40 * DAY)).toBe('May 6')
  expect(ago(400 * DAY)).toBe('May 11, 2025')
})
