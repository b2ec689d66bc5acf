import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { photograph } from '@tintype/testkit/media/photographs'
import * as spoiled from '@tintype/testkit/media/spoiled'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { residentBytes } from '../../../kit/resident-bytes.ts'
import { imagingProcess } from './imaging-process.ts'
import { MemoryBudget } from './memory-budget.ts'
import { ImagingPool } from './pool.ts'
import type { ImagingTask } from './process.ts'

let folder: string
let task: ImagingTask
/** Takes a second or so: long enough to be interrupted. */
let slow: ImagingTask
/** Takes all of its memory: interlaced, so that no row is whole before the last pass. */
let heavy: ImagingTask
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tintype-pool-'))
  const bytes = await photograph('croissant')
  await writeFile(join(folder, 'photo.jpg'), bytes)
  await writeFile(
    join(folder, 'large.png'),
    await sharp(bytes).resize(6000).png({ compressionLevel: 1 }).toBuffer(),
  )
  const base = { edit: {}, purpose: 'post', make: 'first' } as const
  task = { ...base, path: join(folder, 'photo.jpg'), type: 'image/jpeg', pixels: 2_000_000 }
  slow = { ...base, path: join(folder, 'large.png'), type: 'image/png', pixels: 24_000_000 }
  const interlaced = sharp(bytes).resize(6000).png({ compressionLevel: 1, progressive: true })
  await writeFile(join(folder, 'heavy.png'), await interlaced.toBuffer())
  heavy = { ...slow, path: join(folder, 'heavy.png') }
})
afterAll(() => rm(folder, { recursive: true }))

const MB = 1024 * 1024
const limits = { timeoutMs: 60_000, memoryBytes: 4096 * MB, niceness: 0 }

describe('a decoding process', () => {
  it('that dies ends its task, and nothing else', async () => {
    const child = imagingProcess(limits)
    const running = child.run(slow)
    process.kill(child.pid ?? 0, 'SIGKILL')
    await expect(running).rejects.toMatchObject({ name: 'DecoderCrash', reason: 'crash' })
    expect(child.usable).toBe(false)
  })

  it('is ended when it takes too long, or too much', async () => {
    await expect(imagingProcess({ ...limits, timeoutMs: 5 }).run(slow)).rejects.toMatchObject({
      reason: 'timeout',
    })
    if (process.platform === 'linux')
      await expect(imagingProcess({ ...limits, memoryBytes: 10 * MB }).run(slow)).rejects.toMatchObject({
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
  it('keeps neither its place nor its memory for a picture whose process cannot be started', async () => {
    await using pool = new ImagingPool({ processes: 1, memory: new MemoryBudget(200 * MB) })
    const { execPath } = process
    process.execPath = '\0'
    try {
      await expect(pool.run(heavy)).rejects.toThrow('null bytes')
    } finally {
      process.execPath = execPath
    }
    expect(pool.quiet).toBe(true)
    expect((await pool.run(task)).renditions.length).toBeGreaterThan(0)
  })

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

async function children(): Promise<number[]> {
  const text = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
  return text.split(' ').map(Number)
}

/** What the processes started since then hold, bytes. Those that stood before belong to others. */
async function residentSince(before: number[]): Promise<number> {
  const since = (await children()).filter((pid) => !before.includes(pid))
  const sizes = await Promise.all(since.map((pid) => residentBytes(pid)))
  return sizes.reduce((sum, size) => sum + size, 0)
}

describe('memory', () => {
  it.runIf(process.platform === 'linux')('of all pools together stays within one budget', async () => {
    const memory = new MemoryBudget(700 * MB)
    await using pool = new ImagingPool({ processes: 4, memory })
    await using other = new ImagingPool({ processes: 1, memory })
    const before = await children()
    let most = 0
    let isDone = false
    const watch = (async () => {
      while (!isDone) most = Math.max(most, await residentSince(before))
    })()
    // By themselves 300 MB each at the peak.
    await Promise.all([pool, pool, pool, pool, other].map((each) => each.run(heavy)))
    isDone = true
    await watch
    expect(most).toBeGreaterThan(200 * MB)
    expect(most).toBeLessThan(700 * MB)
  })

  it('is given to who asked first, also where a later one would fit', async () => {
    const memory = new MemoryBudget(400 * MB)
    const first = await memory.take(300 * MB)
    const order: string[] = []
    const large = memory.take(300 * MB).then((giveBack) => {
      order.push('large')
      giveBack()
    })
    const small = memory.take(50 * MB).then((giveBack) => {
      order.push('small')
      giveBack()
    })
    await Promise.resolve()
    // First come, first served: the small one would fit, but a stream of such would keep the large one waiting for ever.
    expect(order).toEqual([])
    first()
    await Promise.all([large, small])
    expect(order).toEqual(['large', 'small'])
  })

  it('has room for one that is larger than all of it, alone, and ends idle processes for it', async () => {
    const memory = new MemoryBudget(400 * MB)
    const ended: string[] = []
    const parked = (name: string, bytes: number) => ({ bytes, close: async () => void ended.push(name) })
    memory.park(parked('small', 100 * MB))
    memory.park(parked('large', 250 * MB))
    expect(ended).toEqual([])
    const some = await memory.take(200 * MB)
    expect(ended).toEqual(['large'])
    some()
    const all = await memory.take(2000 * MB)
    expect(ended).toEqual(['large', 'small'])
    all()
  })
})
