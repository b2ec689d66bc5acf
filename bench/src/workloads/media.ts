import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PostId } from '@tintype/contract'
import { between, sumOf, usageOf } from '../servers/process-tree.ts'
import { untilQuiet } from '../servers/quiet.ts'
import type { Stage } from '../stage.ts'
import { Poster, photograph } from './photos.ts'
import type { RawOutcome } from './raw-sharp.ts'

/** Width and height: 12 megapixels, and one where it is only to be seen that it works. */
const photographs = { full: [4000, 3000], quick: [1200, 900] } as const

/** (7) From a post of one photograph until others can see it, and how many a second; against sharp alone making the same sizes. */
export async function media(stage: Stage): Promise<void> {
  const { quick } = stage.options
  const many = quick ? 3 : 16
  const [width, height] = photographs[quick ? 'quick' : 'full']
  const workload = `media, ${Math.round((width * height) / 1e6)} MP JPEG`
  const [author] = stage.viewers.some('ordinary', 1)
  if (!author) return
  const poster = new Poster(stage.tintype, author)
  // The first starts the processes that work on them.
  await untilVisible(poster, [await poster.post(await poster.upload([await photograph(9, 640, 480)]))])
  await untilQuiet(stage.tintype)
  await stage.runs(async (run) => {
    const seeds = Array.from({ length: many + 1 }, (_, i) => 1000 * run + i + Math.floor(performance.now()))
    const [first, ...files] = await inTurn(seeds, (seed) => photograph(seed, width, height))
    const single = await measureBatch(stage, poster, [first as Buffer])
    const batch = await measureBatch(stage, poster, files)
    const raw = await rawSharp(files)
    stage.figures.add(workload, 'Tintype', {
      'ms until visible': single.ms,
      'images/s': (many / batch.ms) * 1000,
      'CPU ms per image': batch.cpuMs / many,
    })
    stage.figures.add(workload, 'raw sharp', {
      'images/s': (many / raw.ms) * 1000,
      'CPU ms per image': raw.cpuMs / many,
    })
    stage.figures.add(workload, 'ratio to raw sharp', {
      'images/s': raw.ms / batch.ms,
      'CPU per image': batch.cpuMs / raw.cpuMs,
    })
    stage.tell(
      `  visible after ${Math.round(single.ms)} ms; ${((many / batch.ms) * 1000).toFixed(2)} images/s, raw sharp ${((many / raw.ms) * 1000).toFixed(2)}`,
    )
  })
}

async function inTurn<T>(seeds: readonly number[], make: (seed: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (const seed of seeds) made.push(await make(seed))
  return made
}

/** Posts of one photograph each, all confirmed at once. What else is made of them at leisure (AVIF) is not waited for. */
async function measureBatch(stage: Stage, poster: Poster, files: readonly Buffer[]): Promise<RawOutcome> {
  const uploads = []
  for (const file of files) uploads.push(...(await poster.upload([file])))
  const before = stage.tintype.usage()
  const started = performance.now()
  const posts = await Promise.all(uploads.map((id) => poster.post([id])))
  await untilVisible(poster, posts)
  const ms = performance.now() - started
  const cpuMs = sumOf(between(before, stage.tintype.usage()))
  await untilQuiet(stage.tintype)
  return { ms, cpuMs }
}

async function untilVisible(poster: Poster, posts: readonly PostId[]): Promise<void> {
  const deadline = performance.now() + 120_000
  for (const post of posts)
    while (!(await poster.isPublished(post))) {
      if (performance.now() > deadline) throw new Error('a photograph did not become visible')
      await pause(5)
    }
}

/** The same sizes of the same files in a process of its own, as many at once as the server works on. */
async function rawSharp(files: readonly Buffer[]): Promise<RawOutcome> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-bench-'))
  try {
    const paths = files.map((_, i) => join(dir, `${i}.jpg`))
    for (const [i, path] of paths.entries()) await writeFile(path, files[i] as Buffer)
    const child = fork(new URL('./raw-sharp.ts', import.meta.url))
    await once(child, 'message')
    const before = usageOf(child.pid ?? 0)
    child.send({ paths, atOnce: Math.max(1, Math.min(4, availableParallelism() - 1)) })
    const [ms] = (await once(child, 'message')) as [number]
    const cpuMs = sumOf(between(before, usageOf(child.pid ?? 0)))
    child.kill()
    return { ms, cpuMs }
  } finally {
    await rm(dir, { recursive: true })
  }
}
