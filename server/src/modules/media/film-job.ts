import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { Imaging } from './imaging/pool.ts'
import type { StoredFile } from './outcome.ts'
import type { RowOf } from './store.ts'
import type { FilmLine } from './video/film-line.ts'
import type { Part } from './video/plan.ts'
import type { Probe, Source, SourcePicture } from './video/source.ts'
import type { VideoLimits } from './video/support.ts'
import type { VideoProcess } from './video/video-process.ts'

export interface FilmDeps {
  objectStore: ObjectStore
  /** Makes the pictures that stand for films. */
  imaging: Imaging
  line: FilmLine
  temporaryFolder: string
  threads: number
  limits: VideoLimits
  /** Milliseconds from one sign of life to the next. */
  stalledMs?: number
}

/** How it goes. */
export interface FilmWatch {
  signal: AbortSignal
  /** Of everything that is to be done before it is shown: 0…1. */
  progress(done: number): void
}

/** A film on its way, with what is known of it. */
export interface FilmJob {
  row: RowOf<'video'>
  folder: string
  source: Source
  probe: Probe
  picture: SourcePicture
  part: Part
  watch: FilmWatch
  process(): VideoProcess
}

export async function storeFile(
  objectStore: Pick<ObjectStore, 'put'>,
  path: string,
  { key, name, content_type }: Omit<StoredFile, 'size'>,
): Promise<StoredFile> {
  const { size } = await stat(path)
  // What is small is put at once, so that nothing waits for a stream.
  const bytes = size < SMALL ? await readFile(path) : createReadStream(path)
  await objectStore.put(key, bytes, { contentType: content_type })
  return { key, name, content_type, size }
}

const SMALL = 1024 * 1024
