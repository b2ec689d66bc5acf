import { t } from '../messages.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const thisYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' })
const otherYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' })

/** Short for what is recent, a date from four weeks on. A future moment (clocks differ) is "now". */
export function relativeTime(date: Date, now: number): string {
  const age = now - date.getTime()
  if (age < MINUTE) return t('time.now')
  if (age < HOUR) return t('time.minutes', { n: Math.floor(age / MINUTE) })
  if (age < DAY) return t('time.hours', { n: Math.floor(age / HOUR) })
  if (age < WEEK) return t('time.days', { n: Math.floor(age / DAY) })
  if (age < 4 * WEEK) return t('time.weeks', { n: Math.floor(age / WEEK) })
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return (sameYear ? thisYear : otherYear).format(date)
}
