/** Time is counted in spans of so many milliseconds. */
export const SPAN = 10_000
const DAYS = 7

/** What a member spent here, in this browser. */
export interface TimeSpent {
  /** Spans by day of the member's clock (`2026-05-03`): those of the last seven days. */
  days: Record<string, number>
  /** Which one was counted last, as a number of spans since 1970. */
  last: number
  /** The day on which they were reminded last. */
  reminded?: string
}

const two = (value: number) => String(value).padStart(2, '0')
export const dayOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

/** The last seven days of the clock, today as the last. */
export const lastDays = (now: Date): Date[] =>
  Array.from(
    { length: DAYS },
    (_, at) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + at + 1 - DAYS),
  )

/**
 * With the span that is now, which counts once however many pages say so. What passed between two of them does not count: the device may
 * have slept, or its clock been set.
 */
export function withSpan(spent: TimeSpent | undefined, now: Date): TimeSpent {
  const last = Math.floor(now.getTime() / SPAN)
  if (spent?.last === last) return spent
  const kept = lastDays(now).map((day) => [dayOf(day), spent?.days[dayOf(day)] ?? 0] as const)
  const days = Object.fromEntries(kept.filter(([, spans]) => spans > 0))
  const today = dayOf(now)
  return { ...spent, days: { ...days, [today]: (days[today] ?? 0) + 1 }, last }
}

/** Whole minutes. */
export const minutesOn = (spent: TimeSpent | undefined, day: Date): number =>
  Math.floor(((spent?.days[dayOf(day)] ?? 0) * SPAN) / 60_000)

/** Whether it is time to remind a member, who is reminded once a day. */
export const isDue = (spent: TimeSpent, minutes: number | undefined, now: Date): boolean =>
  minutes !== undefined && spent.reminded !== dayOf(now) && minutesOn(spent, now) >= minutes

/** Calls `act` once in every span in which the page is on the screen. Returns the way to stop. */
export function whileSeen(act: (now: Date) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  // In the middle of a span: a timer that is early or late a little is still in its own.
  const wait = () => {
    timer = setTimeout(handleSpan, SPAN - ((Date.now() + SPAN / 2) % SPAN))
  }
  const handleSpan = () => {
    wait()
    act(new Date())
  }
  const handleTurn = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') wait()
  }
  handleTurn()
  document.addEventListener('visibilitychange', handleTurn)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', handleTurn)
  }
}
