import { t } from '../kit/messages.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const UTC = { timeZone: 'UTC' } as const
const day = { day: 'numeric', month: 'long' } as const
const thisYear = new Intl.DateTimeFormat('en', day)
const otherYear = new Intl.DateTimeFormat('en', { ...day, year: 'numeric' })
const thisYearUtc = new Intl.DateTimeFormat('en', { ...day, ...UTC })
const otherYearUtc = new Intl.DateTimeFormat('en', { ...day, ...UTC, year: 'numeric' })

/** Short for what is recent, a date from four weeks on: the reader's, or in UTC. A future moment (clocks differ) is "now". */
export function relativeTime(date: Date, now: number, inUtc = false): string {
  const age = now - date.getTime()
  if (age < MINUTE) return t('time.now')
  if (age < HOUR) return t('time.minutes', { n: Math.floor(age / MINUTE) })
  if (age < DAY) return t('time.hours', { n: Math.floor(age / HOUR) })
  if (age < WEEK) return t('time.days', { n: Math.floor(age / DAY) })
  if (age < 4 * WEEK) return t('time.weeks', { n: Math.floor(age / WEEK) })
  if (inUtc) {
    const sameYear = date.getUTCFullYear() === new Date(now).getUTCFullYear()
    return (sameYear ? thisYearUtc : otherYearUtc).format(date)
  }
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return (sameYear ? thisYear : otherYear).format(date)
}
