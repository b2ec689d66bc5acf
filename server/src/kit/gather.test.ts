import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

interface Call {
  items: readonly number[]
  succeed(): void
  fail(error: Error): void
}

/** Work that ends when it is told to; doubles what it is given. */
function scene({ most = 100, atOnce = 1 } = {}) {
  const calls: Call[] = []
  const double = gather<number, number>({
    work: (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<number[]>()
      calls.push({ items, succeed: () => resolve(items.map((item) => 2 * item)), fail: reject })
      return promise
    },
    most,
    atOnce,
    isUndone: (error) => error instanceof Error && error.message === 'refused',
  })
  return { calls, double }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))
const call = (calls: readonly Call[], index: number) => {
  const found = calls[index]
  if (!found) throw new Error(`there was no call ${index}`)
  return found
}

describe('gather', () => {
  it('does together what is asked for in one turn, and answers each', async () => {
    const { calls, double } = scene()
    const answers = Promise.all([double(1), double(2), double(3)])
    await turn()
    expect(calls.map(({ items }) => items)).toEqual([[1, 2, 3]])
    call(calls, 0).succeed()
    expect(await answers).toEqual([2, 4, 6])
  })

  it('keeps what comes while enough is under way, and does it when there is room', async () => {
    const { calls, double } = scene({ most: 2 })
    const first = double(1)
    await turn()
    const later = Promise.all([double(2), double(3), double(4)])
    await turn()
    expect(calls).toHaveLength(1)
    call(calls, 0).succeed()
    expect(await first).toBe(2)
    await turn()
    expect(call(calls, 1).items).toEqual([2, 3])
    call(calls, 1).succeed()
    await turn()
    call(calls, 2).succeed()
    expect(await later).toEqual([4, 6, 8])
  })

  it('lets nobody fail for the fault of another', async () => {
    const { calls, double } = scene()
    const answers = Promise.allSettled([double(1), double(2)])
    await turn()
    call(calls, 0).fail(new Error('refused'))
    await turn()
    expect(calls.slice(1).map(({ items }) => items)).toEqual([[1], [2]])
    call(calls, 1).fail(new Error('refused'))
    call(calls, 2).succeed()
    const [bad, good] = await answers
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'refused' } })
    expect(good).toMatchObject({ status: 'fulfilled', value: 4 })
    const next = double(5)
    await turn()
    call(calls, 3).succeed()
    expect(await next).toBe(10)
  })

  it('does nothing again that may have been done', async () => {
    const { calls, double } = scene()
    const answers = Promise.allSettled([double(1), double(2)])
    await turn()
    call(calls, 0).fail(new Error('lost'))
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(calls).toHaveLength(1)
  })
})
