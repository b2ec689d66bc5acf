import type { NoticePreferences } from '@tintype/contract'

const formats = new Map<string, Intl.DateTimeFormat>()

/** Throws a RangeError for a zone that is not known. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
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

/** What a clock on the wall shows there, in minutes after midnight. */
export function wallMinutes(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  return of('hour') * 60 + of('minute')
}

export const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const MINUTE_MS = 60_000
const STEP_MS = 15 * MINUTE_MS
const DAY_MS = 86_400_000

type Hours = Pick<NoticePreferences, 'quiet_hours' | 'time_zone'>

/** By the clock on the member's wall, so that an hour that is put on or off changes nothing of when they sleep. */
function isQuiet({ quiet_hours: { enabled, from, to }, time_zone }: Hours, at: number): boolean {
  if (!enabled) return false
  const [start, end, now] = [minutesOf(from), minutesOf(to), wallMinutes(at, time_zone)]
  return start <= end ? now >= start && now < end : now >= start || now < end
}

/** When the quiet hours end in which an instant lies; undefined where it lies in none. */
export function quietUntil(hours: Hours, now: number): number | undefined {
  if (!isQuiet(hours, now)) return undefined
  let quiet = now - (now % MINUTE_MS)
  let over = quiet + STEP_MS
  // Longer than a day only where it is always quiet: then tomorrow has to do.
  while (isQuiet(hours, over)) {
    if (over - now > DAY_MS + 2 * 3_600_000) return over
    quiet = over
    over += STEP_MS
  }
  while (over - quiet > MINUTE_MS) {
    const middle = quiet + Math.floor((over - quiet) / 2 / MINUTE_MS) * MINUTE_MS
    if (isQuiet(hours, middle)) quiet = middle
    else over = middle
  }
  return over
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
    if (Math.abs(wallMinutes(at, timeZone) - wanted) < 15) return at
  return first + DAY_MS
}
