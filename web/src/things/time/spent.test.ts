import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { forgetTime, keepTime } from './kept.ts'
import { isDue, lastDays, minutesOn, type TimeSpent, whileSeen, withSpan } from './spent.ts'

let isSeen = true
beforeEach(() => {
  isSeen = true
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (isSeen ? 'visible' : 'hidden'))
})
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.useRealTimers()
  forgetTime(undefined)
})

const setClock = (...time: [hours: number, minutes: number, day?: number]) => {
  const [hours, minutes, day = 3] = time
  vi.useFakeTimers({ now: new Date(2026, 4, day, hours, minutes) })
}
/** A page of this browser, which shows this member's account. */
const open = (who = 'ana') =>
  stops.push(whileSeen((now) => void keepTime(who, (spent) => withSpan(spent, now))))
const pass = (minutes: number) => vi.advanceTimersByTime(minutes * 60_000)
const turn = (seen: boolean) => {
  isSeen = seen
  document.dispatchEvent(new Event('visibilitychange'))
}
const spentBy = (who = 'ana') => keepTime(who, (spent) => spent ?? { days: {}, last: 0 })
const minutes = (day: number, who?: string) => minutesOn(spentBy(who), new Date(2026, 4, day))

it('counts while the page is on the screen', () => {
  setClock(12, 0)
  open()
  pass(5)
  turn(false)
  pass(60)
  turn(true)
  pass(2)
  expect(minutes(3)).toBe(7)
})

it('counts once, however many pages are on the screen, and for each account by itself', () => {
  setClock(12, 0)
  open()
  pass(1)
  open()
  open('ben')
  pass(4)
  expect([minutes(3), minutes(3, 'ben')]).toEqual([5, 4])
  forgetTime('ana')
  expect([minutes(3), minutes(3, 'ben')]).toEqual([0, 4])
})

it('begins anew at midnight, and keeps seven days', () => {
  setClock(23, 57)
  open()
  pass(5)
  expect([minutes(3), minutes(4)]).toEqual([3, 2])
  setClock(8, 0, 9)
  open()
  pass(1)
  expect(minutes(3)).toBe(3)
  setClock(8, 0, 10)
  open()
  pass(1)
  expect(Object.keys(spentBy().days)).toEqual(['2026-05-04', '2026-05-09', '2026-05-10'])
})

it('goes on where the clock is set back, or ahead, and counts nothing of what was between', () => {
  setClock(12, 0)
  open()
  pass(5)
  vi.setSystemTime(new Date(2026, 4, 3, 11, 0))
  pass(5)
  vi.setSystemTime(new Date(2026, 4, 3, 20, 0))
  pass(5)
  expect(minutes(3)).toBe(15)
})

it('reminds when the time is over, once a day', () => {
  const now = new Date(2026, 4, 3, 12)
  const after = (spans: number): TimeSpent => ({ days: { '2026-05-03': spans }, last: 0 })
  expect([isDue(after(89), 15, now), isDue(after(90), 15, now)]).toEqual([false, true])
  expect(isDue(after(90), undefined, now)).toBe(false)
  const told = { ...after(900), reminded: '2026-05-03' }
  expect(isDue(told, 15, now)).toBe(false)
  expect(isDue({ ...told, days: { '2026-05-04': 90 } }, 15, new Date(2026, 4, 4, 9))).toBe(true)
})

it('knows the days before the first of a month', () => {
  expect(lastDays(new Date(2026, 2, 2, 23)).map((day) => day.getDate())).toEqual([24, 25, 26, 27, 28, 1, 2])
})

it('begins anew where what is kept cannot be read', () => {
  localStorage.setItem('tintype.time', '{"ana":')
  setClock(12, 0)
  open()
  pass(1)
  expect(minutes(3)).toBe(1)
})
