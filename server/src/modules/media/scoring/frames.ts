import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectStore } from '../../../engines/object-store/port.ts'
import { fetchObject } from '../original.ts'
import type { ReadyMedia } from '../store.ts'
import { VideoProcess } from '../video/video-process.ts'
import type { Looked, ScoreTask } from './score.ts'

/** Frames over the length of a film, of which the sharper half is looked at. */
const FRAMES = 16
const EDGE = 224
const NICENESS = 10

type Seen = Exclude<ReadyMedia, { kind: 'voice' }>

export interface FramesDeps {
  objectStore: Pick<ObjectStore, 'get'>
  temporaryFolder: string
  scorer: { look(task: ScoreTask): Promise<Looked> }
}

/** A picture, or frames of a film, before the program that scores them. `at`: where each tile stands in the film, milliseconds. */
export async function lookAtMedia(
  { objectStore, temporaryFolder, scorer }: FramesDeps,
  media: Seen,
  signal: AbortSignal,
): Promise<{ looked: Looked; atOf(tile: number): number | null }> {
  const folder = join(temporaryFolder, randomUUID())
  await mkdir(folder)
  const fetched = async ({ key }: { key: string }, name: string): Promise<string> => {
    const path = join(folder, name)
    await fetchObject(objectStore, key, path)
    return path
  }
  try {
    if (media.kind === 'photo')
      return {
        looked: await scorer.look({ path: await fetched(large(media), 'picture'), tiles: 1 }),
        atOf: () => null,
      }
    const to = join(folder, 'frames.webp')
    const interval = await frames(await fetched(media.film.file, 'film.mp4'), to, signal)
    return {
      looked: await scorer.look({ path: to, tiles: FRAMES }),
      atOf: (tile) => Math.round(tile * interval * 1000),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Answers the seconds from one to the next. */
async function frames(path: string, to: string, signal: AbortSignal): Promise<number> {
  using process = new VideoProcess({ niceness: NICENESS, signal })
  const source = { path, container: 'mov' } as const
  const { picture, duration } = await process.probe(source)
  if (!picture) throw new Error('a film without a picture')
  const interval = duration / FRAMES
  const sheet = { tile: { width: EDGE, height: EDGE }, columns: FRAMES, rows: 1, interval, to }
  await process.strip({ source, picture, part: { from: 0, seconds: duration }, ...sheet })
  return interval
}

/** The smallest that has as many pixels as are looked at. */
function large({ renditions }: Seen) {
  const bySize = renditions.toSorted((a, b) => a.width * a.height - b.width * b.height)
  const found = bySize.find(({ width, height }) => Math.min(width, height) >= EDGE) ?? bySize.at(-1)
  if (!found) throw new Error('a picture without a size')
  return found
}
