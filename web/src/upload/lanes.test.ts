import { describe, expect, it } from 'vitest'
import { createLanes } from './lanes.ts'

const never = new AbortController().signal

describe('lanes', () => {
  it('runs no more at a time than it is wide, and all in the end, in order', async () => {
    const lanes = createLanes(2)
    let running = 0
    let most = 0
    const started: number[] = []
    const task = (n: number) => async () => {
      started.push(n)
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
      return n
    }
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => lanes.run(task(n), never)))).toEqual([1, 2, 3, 4, 5])
    expect(most).toBe(2)
    expect(started).toEqual([1, 2, 3, 4, 5])
  })

  it('gives a failed task’s lane to the next, and does not start who has left the queue', async () => {
    const lanes = createLanes(1)
    const control = new AbortController()
    const failing = lanes.run(() => Promise.reject(new Error('no')), never)
    const leaving = lanes.run(async () => 'never', control.signal)
    const staying = lanes.run(async () => 'yes', never)
    control.abort(new Error('left'))
    await expect(failing).rejects.toThrow('no')
    await expect(leaving).rejects.toThrow('left')
    expect(await staying).toBe('yes')
  })
})
