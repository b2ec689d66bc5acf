import { t } from '../kit/messages.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const made = new Map<string, Intl.DateTimeFormat>()

/** Made when it is first needed: the first of all takes a phone 50 ms. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options)
  const format = made.get(key) ?? new Intl.DateTimeFormat('en', options)
  made.set(key, format)
  return format
}

/** `3 May 2026` */
export const longDate = (date: string): string =>
  dateFormat({ day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(date))

/** Short for what is recent, a date from four weeks on: the reader's, or in UTC. A future moment (clocks differ) is "now". */
export function relativeTime(date: Date, now: number, inUtc = false): string {
  const age = now - date.getTime()
  if (age < MINUTE) return t('time.now')
  if (age < HOUR) return t('time.minutes', { n: Math.floor(age / MINUTE) })
  if (age < DAY) return t('time.hours', { n: Math.floor(age / HOUR) })
  if (age < WEEK) return t('time.days', { n: Math.floor(age / DAY) })
  if (age < 4 * WEEK) return t('time.weeks', { n: Math.floor(age / WEEK) })
  const yearOf = (day: Date) => (inUtc ? day.getUTCFullYear() : day.getFullYear())
  return dateFormat({
    day: 'numeric',
    month: 'long',
    ...(yearOf(date) === yearOf(new Date(now)) ? {} : { year: 'numeric' }),
    ...(inUtc ? { timeZone: 'UTC' } : {}),
  }).format(date)
}
