import { TintypeError } from '@tintype/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { breaker } from './breaker.ts'

const silence = new Error('nobody is there')
const isSilence = (error: unknown) => error === silence

/** An engine that can be away, and how often it was asked. */
function engine(options: { failures?: number; most?: number } = {}) {
  const state = { isAway: false, asked: 0 }
  const ask = breaker({ name: 'The engine', isSilence, restMs: 2000, failures: 3, ...options })
  const question = () =>
    ask(async () => {
      state.asked++
      if (state.isAway) throw silence
      return 'answer'
    })
  return { state, ask, question }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a circuit', () => {
  it('asks nothing of whom does not answer, and says so at once and without a cause', async () => {
    const { state, question } = engine()
    state.isAway = true
    for (let i = 0; i < 3; i++) await expect(question()).rejects.toBe(silence)
    const refused = await question().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(TintypeError)
    expect(refused).toMatchObject({ code: 'unavailable', details: { retry_after: 2 } })
    expect((refused as Error).cause).toBeUndefined()
    expect(state.asked).toBe(3)
  })

  it('lets one question through after its rest, and all when that is answered', async () => {
    const { state, question } = engine()
    state.isAway = true
    for (let i = 0; i < 3; i++) await expect(question()).rejects.toBe(silence)
    vi.advanceTimersByTime(2001)
    const [first, second] = await Promise.allSettled([question(), question()])
    expect(first).toMatchObject({ reason: silence })
    expect(second).toMatchObject({ status: 'rejected' })
    state.isAway = false
    await expect(question()).rejects.toMatchObject({ code: 'unavailable' })
    vi.advanceTimersByTime(2001)
    expect(await question()).toBe('answer')
    expect(await Promise.all([question(), question()])).toEqual(['answer', 'answer'])
  })

  it('stays closed where questions are wrong, and where an answer comes in between', async () => {
    const { state, ask, question } = engine()
    const wrong = new Error('no such column')
    for (let i = 0; i < 10; i++) await expect(ask(() => Promise.reject(wrong))).rejects.toBe(wrong)
    for (let i = 0; i < 10; i++) {
      state.isAway = true
      await expect(question()).rejects.toBe(silence)
      state.isAway = false
      expect(await question()).toBe('answer')
    }
  })
})

it('takes so many questions at once, and no more wait', async () => {
  const { ask, question } = engine({ most: 2 })
  const { promise, resolve } = Promise.withResolvers<string>()
  const slow = [ask(() => promise), ask(() => promise)]
  for (let i = 0; i < 5; i++) await expect(question()).rejects.toMatchObject({ code: 'unavailable' })
  resolve('late')
  expect(await Promise.all(slow)).toEqual(['late', 'late'])
  expect(await question()).toBe('answer')
})
