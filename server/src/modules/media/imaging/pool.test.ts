import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photograph } from '@tintype/testkit/media/photographs'
import * as spoiled from '@tintype/testkit/media/spoiled'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ImagingChild } from './child-process.ts'
import { ImagingPool } from './pool.ts'
import type { ImagingTask } from './process.ts'

let folder: string
let task: ImagingTask
/** Takes a second or so: long enough to be interrupted. */
let slow: ImagingTask
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tintype-pool-'))
  const bytes = await photograph('croissant')
  await writeFile(join(folder, 'photo.jpg'), bytes)
  await writeFile(
    join(folder, 'large.png'),
    await sharp(bytes).resize(6000).png({ compressionLevel: 1 }).toBuffer(),
  )
  const base = { edit: {}, purpose: 'post', make: 'first' } as const
  task = { ...base, path: join(folder, 'photo.jpg'), type: 'image/jpeg' }
  slow = { ...base, path: join(folder, 'large.png'), type: 'image/png' }
})
afterAll(() => rm(folder, { recursive: true }))

const MB = 1024 * 1024
const limits = { timeoutMs: 60_000, memoryBytes: 4096 * MB, niceness: 0 }

describe('a decoding process', () => {
  it('that dies ends its task, and nothing else', async () => {
    const child = new ImagingChild(limits)
    const running = child.run(slow)
    process.kill(child.pid ?? 0, 'SIGKILL')
    await expect(running).rejects.toMatchObject({ name: 'ImagingCrash', reason: 'crash' })
    expect(child.usable).toBe(false)
  })

  it('is ended when it takes too long, or too much', async () => {
    await expect(new ImagingChild({ ...limits, timeoutMs: 5 }).run(slow)).rejects.toMatchObject({
      reason: 'timeout',
    })
    if (process.platform === 'linux')
      await expect(new ImagingChild({ ...limits, memoryBytes: 10 * MB }).run(slow)).rejects.toMatchObject({
        reason: 'memory',
      })
  })

  it('tells a bad file from what may pass by itself', async () => {
    await using pool = new ImagingPool({ processes: 1 })
    const path = join(folder, 'bad.jpg')
    await writeFile(path, await spoiled.corruptJpeg())
    await expect(pool.run({ ...task, path })).rejects.toMatchObject({ code: 'media_corrupt' })
    const absent = pool.run({ ...task, path: join(folder, 'absent.jpg') })
    await expect(absent).rejects.not.toMatchObject({ code: expect.stringMatching('media') })
  })
})

describe('the pool', () => {
  it('goes on with a new process after a crash', async () => {
    await using pool = new ImagingPool({ processes: 1, timeoutMs: 250 })
    const results = await Promise.allSettled([pool.run(slow), pool.run(slow)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    await using patient = new ImagingPool({ processes: 1 })
    expect((await patient.run(task)).renditions).toHaveLength(3)
  })

  it('takes them first come first served', async () => {
    await using pool = new ImagingPool({ processes: 1 })
    pool.warm()
    const finished: number[] = []
    await Promise.all([0, 1, 2, 3].map((n) => pool.run(task).then(() => finished.push(n))))
    expect(finished).toEqual([0, 1, 2, 3])
  })

  it('says when it is quiet', async () => {
    await using pool = new ImagingPool({ processes: 1 })
    expect(pool.quiet).toBe(true)
    const running = pool.run(task)
    expect(pool.quiet).toBe(false)
    let isDone = false
    void running.then(() => {
      isDone = true
    })
    await pool.whenQuiet(60_000)
    await running
    expect([pool.quiet, isDone]).toEqual([true, true])
    const again = pool.run(task)
    await pool.whenQuiet(1)
    await again
  })
})
