import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { PostId } from '@tintype/contract'
import { makeClip } from '@tintype/testkit/media/clips'
import { untilQuiet } from '../servers/quiet.ts'
import type { Stage } from '../stage.ts'
import { Poster } from './photos.ts'
import type { RawTask } from './raw-video.ts'

/** Seconds, pixels and pictures a second; what is shorter than ten seconds gets no sizes. */
const clips = {
  full: { seconds: 15, width: 1920, height: 1080, rate: 30 },
  quick: { seconds: 11, width: 480, height: 270, rate: 10 },
} as const
const WORKLOAD = 'video, 1080p with sound'

/** From a confirmed clip until others can play it, and until all its sizes stand; against FFmpeg alone making the same sizes. */
export async function video(stage: Stage): Promise<void> {
  const clip = clips[stage.options.quick ? 'quick' : 'full']
  const { seconds, width, height, rate } = clip
  const [author] = stage.viewers.some('ordinary', 1)
  if (!author) return
  const poster = new Poster(stage.tintype, author)
  const folder = await mkdtemp(join(tmpdir(), 'tintype-bench-video-'))
  try {
    await stage.runs(async (run) => {
      const path = join(folder, `${run}.mp4`)
      // Another clip for each run: what was made of one is not made again.
      const film = `testsrc2=size=${width}x${height}:rate=${rate},noise=alls=${8 + run}:allf=t`
      await makeClip(path, { film, seconds, options: { preset: 'ultrafast', crf: 20 } })
      await untilQuiet(stage.tintype)
      const shown = await posted(poster, path)
      const raw = await rawLadder({
        path,
        folder,
        height,
        rate,
        threads: Math.min(4, availableParallelism()),
      })
      const ours = seconds / (shown.ladderMs / 1000)
      stage.figures.add(WORKLOAD, 'Tintype', {
        'ms until visible': shown.visibleMs,
        'film s/s, all sizes': ours,
      })
      stage.figures.add(WORKLOAD, 'raw FFmpeg', { 'film s/s, all sizes': seconds / (raw / 1000) })
      stage.figures.add(WORKLOAD, 'ratio to raw FFmpeg', { 'film s/s, all sizes': raw / shown.ladderMs })
      stage.tell(
        `  visible after ${Math.round(shown.visibleMs)} ms; ${ours.toFixed(2)} s of film a second in all sizes, raw FFmpeg ${(seconds / (raw / 1000)).toFixed(2)}`,
      )
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function posted(poster: Poster, path: string) {
  const uploads = await poster.upload([await readFile(path)], 'video/mp4')
  const started = performance.now()
  const post = await poster.post(uploads)
  await until(() => poster.isPublished(post))
  const visible = performance.now()
  await until(() => hasSizes(poster, post))
  return { visibleMs: visible - started, ladderMs: performance.now() - visible }
}

async function hasSizes(poster: Poster, post_id: PostId): Promise<boolean> {
  const [media] = (await poster.api.posts.get({ params: { post_id } })).media
  return media?.type === 'video' && media.hls !== null
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 600_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('a film was not made')
    await pause(20)
  }
}

/** Milliseconds. */
async function rawLadder(task: RawTask): Promise<number> {
  const child = fork(new URL('./raw-video.ts', import.meta.url))
  await once(child, 'message')
  child.send(task)
  const [ms] = (await once(child, 'message')) as [number]
  child.kill()
  return ms
}
