import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { inBudget } from './in-budget.ts'

let now = 0
const done: string[] = []
beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  done.splice(0)
})
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Work of so many milliseconds. */
const working = (name: string, ms: number) => () => {
  now += ms
  done.push(name)
}
it('does at once what is short, and the rest in further tasks, in order', () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) inBudget(working(name, 5))
  expect(done).toEqual(['a', 'b'])
  vi.advanceTimersToNextTimer()
  expect(done).toEqual(['a', 'b', 'c', 'd'])
  inBudget(working('f', 5))
  expect(done).toEqual(['a', 'b', 'c', 'd'])
  vi.runAllTimers()
  expect(done).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

it('does nothing that was called off, and what is late in a further task', () => {
  inBudget(working('long', 100))
  const callOff = inBudget(working('gone', 1))
  callOff()
  vi.runAllTimers()
  inBudget(working('later', 1), true)
  inBudget(working('next', 1))
  expect(done).toEqual(['long'])
  vi.runAllTimers()
  expect(done).toEqual(['long', 'later', 'next'])
})
