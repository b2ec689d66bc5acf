import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backoffMs, retry } from './retry.ts'

const quick = { baseMs: 0.001, retryable: () => true }

describe('retry', () => {
  it('answers the first success and calls no more often than needed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        async (failures, attempts) => {
          let calls = 0
          const call = async () => {
            calls++
            if (calls <= failures) throw new Error(`failure ${calls}`)
            return 'done'
          }
          const outcome = await retry(call, { ...quick, attempts }).catch((error: Error) => error.message)
          expect(outcome).toBe(failures < attempts ? 'done' : `failure ${attempts}`)
          expect(calls).toBe(Math.min(failures + 1, attempts))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('gives up at once on what will not get better', async () => {
    let calls = 0
    const call = () => {
      calls++
      return Promise.reject(new Error(calls === 2 ? 'for good' : 'for now'))
    }
    const retryable = (error: unknown) => (error as Error).message === 'for now'
    await expect(retry(call, { attempts: 9, baseMs: 0.001, retryable })).rejects.toThrow('for good')
    expect(calls).toBe(2)
  })
})

describe('backoff', () => {
  it('doubles, within half of jitter, up to its bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 100_000 }),
        (attempt, base, max) => {
          const full = Math.min(max, base * 2 ** (attempt - 1))
          const wait = backoffMs(attempt, base, max)
          expect(wait).toBeGreaterThanOrEqual(full / 2)
          expect(wait).toBeLessThanOrEqual(full)
        },
      ),
    )
    expect(backoffMs(50, 100)).toBeLessThanOrEqual(60_000)
  })
})
