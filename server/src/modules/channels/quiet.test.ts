import { expect, test } from 'vitest'
import { isTimeZone, nextAt, nextQuiet, quietUntil } from './quiet.ts'

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const hours = (from: string, to: string, time_zone = 'Europe/Berlin', enabled = true, days = EVERY_DAY) => ({
  quiet_hours: { enabled, from, to, days },
  quiet_until: null as string | null,
  time_zone,
})
const onDays = (...days: number[]) => hours('22:00', '07:00', 'Europe/Berlin', true, days)
const turnedOn = (quiet_until: string, of = hours('22:00', '07:00', 'Europe/Berlin', false)) => ({
  ...of,
  quiet_until,
})
const until = (of: ReturnType<typeof hours>, at: string) => {
  const end = quietUntil(of, Date.parse(at))
  return end === undefined ? undefined : new Date(end).toISOString().slice(0, 16)
}
const night = hours('22:00', '07:00')

test.each([
  ['in summer at night', night, '2026-07-01T20:30:00Z', '2026-07-02T05:00'],
  ['in winter at night', night, '2026-01-10T23:30:00Z', '2026-01-11T06:00'],
  ['at the first minute', night, '2026-07-01T20:00:00Z', '2026-07-02T05:00'],
  ['a minute before', night, '2026-07-01T19:59:59Z', undefined],
  ['at the last second', night, '2026-07-02T04:59:59Z', '2026-07-02T05:00'],
  ['when they are over', night, '2026-07-02T05:00:00Z', undefined],
  // The hour that is put on: the night is an hour shorter.
  ['over the change to summer time', night, '2026-03-28T22:30:00Z', '2026-03-29T05:00'],
  ['over the change to winter time', night, '2026-10-24T21:30:00Z', '2026-10-25T06:00'],
  [
    'ending in the hour that does not exist',
    hours('22:00', '02:30'),
    '2026-03-28T22:30:00Z',
    '2026-03-29T01:00',
  ],
  ['at noon', hours('12:00', '13:30', 'America/New_York'), '2026-07-01T16:15:00Z', '2026-07-01T17:30'],
  [
    'where the clock is three quarters off',
    hours('22:10', '07:05', 'Asia/Kathmandu'),
    '2026-07-01T20:00:00Z',
    '2026-07-02T01:20',
  ],
  [
    'on the other side of the date line',
    hours('23:00', '06:00', 'Pacific/Kiritimati'),
    '2026-07-01T12:00:00Z',
    '2026-07-01T16:00',
  ],
  ['turned off', hours('22:00', '07:00', 'Europe/Berlin', false), '2026-07-01T23:30:00Z', undefined],
  // 3 July 2026 is a Friday: its night ends on Saturday.
  ['in a night that began on a day of theirs', onDays(5), '2026-07-04T03:00:00Z', '2026-07-04T05:00'],
  ['in the night after it', onDays(5), '2026-07-04T21:00:00Z', undefined],
  ['in the morning of a day of theirs', onDays(5), '2026-07-03T03:00:00Z', undefined],
  ['in the night from Sunday to Monday', onDays(7), '2026-07-06T03:00:00Z', '2026-07-06T05:00'],
  ['on no day', onDays(), '2026-07-03T21:00:00Z', undefined],
  ['turned on', turnedOn('2026-07-03T12:30:00Z'), '2026-07-03T12:00:00Z', '2026-07-03T12:30'],
  ['turned on, and over', turnedOn('2026-07-03T12:30:00Z'), '2026-07-03T12:30:00Z', undefined],
  [
    'turned on into the night',
    turnedOn('2026-07-03T21:00:00Z', night),
    '2026-07-03T12:00:00Z',
    '2026-07-04T05:00',
  ],
  [
    'turned on within the night',
    turnedOn('2026-07-03T21:00:00Z', night),
    '2026-07-03T20:30:00Z',
    '2026-07-04T05:00',
  ],
  ['of no length', hours('22:00', '22:00'), '2026-07-01T20:00:00Z', undefined],
])('%s', (_, of, at, end) => {
  expect(until(of, at)).toBe(end)
})

test.each([
  ['today', night, '2026-07-03T12:07:00Z', ['2026-07-03T20:00', '2026-07-04T05:00']],
  [
    'to the minute',
    hours('22:10', '07:05'),
    '2026-07-03T12:00:00Z',
    ['2026-07-03T20:10', '2026-07-04T05:05'],
  ],
  ['on, from now', night, '2026-07-03T20:30:00Z', ['2026-07-03T20:30', '2026-07-04T05:00']],
  ['not on that day', onDays(6), '2026-07-03T12:00:00Z', undefined],
  ['off', hours('22:00', '07:00', 'Europe/Berlin', false), '2026-07-03T12:00:00Z', undefined],
])('what comes next: %s', (_, of, at, expected) => {
  const next = nextQuiet(of, Date.parse(at))
  const text = (time: number) => new Date(time).toISOString().slice(0, 16)
  expect(next && [text(next.from), text(next.until)]).toEqual(expected)
})

test('six in the evening is that of the member, on the days when the clock is changed too', () => {
  const at = (now: string, zone: string) =>
    new Date(nextAt('18:00', zone, Date.parse(now))).toISOString().slice(0, 16)
  expect(at('2026-07-01T10:00:00Z', 'Europe/Berlin')).toBe('2026-07-01T16:00')
  expect(at('2026-07-01T15:59:00Z', 'Europe/Berlin')).toBe('2026-07-01T16:00')
  expect(at('2026-07-01T16:00:00Z', 'Europe/Berlin')).toBe('2026-07-02T16:00')
  expect(at('2026-07-01T09:00:00Z', 'Europe/Berlin')).toBe('2026-07-01T16:00')
  expect(at('2026-03-28T18:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T16:00')
  expect(at('2026-10-24T18:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T17:00')
  expect(at('2026-07-01T00:00:00Z', 'America/Los_Angeles')).toBe('2026-07-01T01:00')
})

test('a zone is one that the machine knows', () => {
  expect(['Europe/Lisbon', 'UTC', 'Mars/Olympus', '', '../etc'].map(isTimeZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
