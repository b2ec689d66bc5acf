import type { NoticePreferences } from '@tintype/contract'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Throws a RangeError for a zone that is not known. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}

export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined
  } catch {
    return false
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** What a clock on the wall shows there, in minutes after midnight, and on which day (1: Monday). */
function wallTime(at: number, timeZone: string): { minutes: number; day: number } {
  const parts = formatOf(timeZone).formatToParts(at)
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return {
    minutes: Number(of('hour')) * 60 + Number(of('minute')),
    day: weekdays.indexOf(of('weekday')) + 1,
  }
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const MINUTE_MS = 60_000
const STEP_MS = 15 * MINUTE_MS
const DAY_MS = 86_400_000

/** When nothing rings: until a time, and by the week. */
export type Quiet = Pick<NoticePreferences, 'quiet_hours' | 'quiet_until' | 'time_zone'>

/** By the clock on the member's wall, so that an hour that is put on or off changes nothing of when they sleep. A night is of the day it begins on. */
function isInHours({ quiet_hours: { enabled, from, to, days }, time_zone }: Quiet, at: number): boolean {
  if (!enabled) return false
  const [start, end] = [minutesOf(from), minutesOf(to)]
  const { minutes, day } = wallTime(at, time_zone)
  if (start <= end) return minutes >= start && minutes < end && days.includes(day)
  if (minutes >= start) return days.includes(day)
  return minutes < end && days.includes(day === 1 ? 7 : day - 1)
}

/** When the hours end in which an instant lies; undefined where it lies in none. */
function hoursUntil(quiet: Quiet, now: number): number | undefined {
  if (!isInHours(quiet, now)) return undefined
  let within = now - (now % MINUTE_MS)
  let over = within + STEP_MS
  // Longer than a day only where it is always quiet: then tomorrow has to do.
  while (isInHours(quiet, over)) {
    if (over - now > DAY_MS + 2 * 3_600_000) return over
    within = over
    over += STEP_MS
  }
  while (over - within > MINUTE_MS) {
    const middle = within + Math.floor((over - within) / 2 / MINUTE_MS) * MINUTE_MS
    if (isInHours(quiet, middle)) within = middle
    else over = middle
  }
  return over
}

/** When quiet mode ends that is on at an instant; undefined where it is not. */
export function quietUntil(quiet: Quiet, now: number): number | undefined {
  const until = quiet.quiet_until === null ? 0 : Date.parse(quiet.quiet_until)
  return until > now ? (hoursUntil(quiet, until) ?? until) : hoursUntil(quiet, now)
}

/** Quiet mode that is on, or comes on within a day. */
export function nextQuiet(quiet: Quiet, now: number): { from: number; until: number } | undefined {
  const until = quietUntil(quiet, now)
  if (until !== undefined) return { from: now, until }
  const { quiet_hours, time_zone } = quiet
  if (!quiet_hours.enabled) return undefined
  const near = nextAt(quiet_hours.from, time_zone, now)
  const late = minutesOf(quiet_hours.from) - wallTime(near, time_zone).minutes
  const from = near + Math.max(0, late) * MINUTE_MS
  const end = hoursUntil(quiet, from)
  return end === undefined ? undefined : { from, until: end }
}

/** What was found for a time and zone: it holds from the instant it was asked for until then. */
const upcoming = new Map<string, { from: number; at: number }>()

/** When a clock on the wall there shows this time next, to the quarter of an hour. Members are many, zones few: each is found once a day. */
export function nextAt(time: string, timeZone: string, now: number): number {
  const name = `${time} ${timeZone}`
  const from = now - (now % STEP_MS)
  const known = upcoming.get(name)
  if (known && known.from <= from && from < known.at) return known.at
  const at = findNext(minutesOf(time), timeZone, from + STEP_MS)
  upcoming.set(name, { from, at })
  return at
}

function findNext(wanted: number, timeZone: string, first: number): number {
  for (let at = first; at < first + DAY_MS + STEP_MS; at += STEP_MS)
    if (Math.abs(wallTime(at, timeZone).minutes - wanted) < 15) return at
  return first + DAY_MS
}
