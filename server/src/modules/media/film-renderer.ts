import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { limits, TintypeError } from '@tintype/contract'
import { composed, isComposed } from './film-clips.ts'
import { type FilmDeps, type FilmJob, type FilmWatch, storeFile } from './film-job.ts'
import { makeLadder } from './film-ladder.ts'
import { encodeRungs } from './film-pieces.ts'
import { isTooSmall, renditionSize } from './imaging/plan.ts'
import { fetchObject, fetchOriginal } from './original.ts'
import type { Film, Outcome } from './outcome.ts'
import { filmKeys, manifestKey, pieceKeys } from './recipe.ts'
import { storeStill } from './renderer.ts'
import type { RowOf } from './store.ts'
import { makeLook } from './video/look.ts'
import {
  firstOf,
  mayCopy,
  type Part,
  PIECE_MS,
  planOf,
  RUNG_EDGES,
  type Rung,
  rungsOf,
} from './video/plan.ts'
import type { Container, Probe, Source, SourcePicture } from './video/source.ts'
import type { VideoLimits } from './video/support.ts'
import { VideoProcess, VideoProcesses } from './video/video-process.ts'

type FilmRow = RowOf<'video'>
export type FilmOutcome = Extract<Outcome, { kind: 'video' }>

const NICENESS = { first: 10, later: 15 }
/** Of the sound, bits a second. */
const SOUND_RATE = 128_000
const VOICE_RATE = 64_000
/** Pixels that a decoder has to hold, several times over: 8K. */
const PIXELS_MAX = 8192 * 4320
/** Shorter films are seen before a player could choose a size. */
export const LADDER_FROM = 10

const containers: Record<string, Container> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/webm': 'matroska',
  'video/x-matroska': 'matroska',
  'video/x-msvideo': 'avi',
  'audio/ogg': 'ogg',
  'image/gif': 'gif',
  'image/png': 'apng',
  'image/webp': 'webp_anim',
}

/** Makes of films and recordings what is shown and heard, and stores it under the names that their recipe gives. */
export class FilmRenderer {
  readonly #deps: FilmDeps

  constructor(deps: FilmDeps) {
    this.#deps = deps
  }

  /** A still and a file that plays as it comes. Made only where it has not been made before, by whomever. */
  async render(row: FilmRow, watch: FilmWatch): Promise<FilmOutcome> {
    const made = await this.#once(row, 'first', () =>
      this.#inFolder(row, watch, 'first', async (job) => {
        const still = await this.#poster(job)
        const sound = await this.#sound(job)
        const film = await this.#film(job, sound)
        return { kind: 'video', ...still, film } satisfies FilmOutcome
      }),
    )
    await this.#clearPieces(row, made.film)
    return made
  }

  /** The other sizes, the stills for seeking and the preview of a film that is shown. */
  async renderLater(row: FilmRow, film: Film, watch: FilmWatch): Promise<Film> {
    const made = await this.#once(row, 'later', () =>
      this.#inFolder(row, watch, 'later', (job) => makeLadder(this.#deps, job, film)),
    )
    await this.#clearPieces(row, made)
    return made
  }

  /** What was kept in case of an end in the middle. */
  async #clearPieces({ recipe }: FilmRow, { duration_ms }: Film): Promise<void> {
    const count = Math.ceil(duration_ms / PIECE_MS) + 1
    if (count <= 2) return
    await this.#deps.objectStore.delete(RUNG_EDGES.flatMap((edge) => pieceKeys(recipe, edge, count)))
  }

  /** What is heard, how long it is and how loud when. */
  renderVoice(row: RowOf<'voice'>, watch: FilmWatch): Promise<Extract<Outcome, { kind: 'voice' }>> {
    return this.#once(row, 'first', () =>
      this.#withOriginal(row, async (folder, source) => {
        using process = new VideoProcess({ niceness: NICENESS.first, signal: watch.signal })
        const to = join(folder, 'voice.mp4')
        const part = { from: 0, seconds: limits.voiceSeconds + 1 }
        const task = { source, part, to, layout: 'file', channels: 1, bitRate: VOICE_RATE } as const
        const sound = await process.sound({ ...task, bars: limits.voiceBars })
        if (!sound) throw new TintypeError('media_no_sound')
        if (sound.seconds > limits.voiceSeconds + 0.5) throw new TintypeError('media_too_long')
        const file = await storeFile(this.#deps.objectStore, to, {
          key: filmKeys(row.recipe).file,
          name: `voice-${row.recipe.slice(0, 8)}.m4a`,
          content_type: 'audio/mp4',
        })
        const duration_ms = Math.round(sound.seconds * 1000)
        return { kind: 'voice', voice: { duration_ms, waveform: sound.waveform, file } } as const
      }),
    )
  }

  /** The still at one size again. */
  async renewStill(row: FilmRow, size: { width: number; height: number }, key: string): Promise<void> {
    const watch = { signal: new AbortController().signal, progress: () => undefined }
    await this.#inFolder(row, watch, 'first', async (job) => {
      const path = await this.#posterFile(job)
      const make = { ...size, content_type: 'image/webp' } as const
      const pixels = size.width * size.height
      const task = { path, type: 'image/png', pixels, edit: {}, purpose: row.purpose, make } as const
      const [made] = (await this.#deps.imaging.run(task)).renditions
      if (!made) throw new Error(`nothing made for ${key}`)
      await this.#deps.objectStore.put(key, Buffer.from(made.bytes), { contentType: 'image/webp' })
    })
  }

  async #once<T>(row: { recipe: string }, step: 'first' | 'later', make: () => Promise<T>): Promise<T> {
    const { objectStore } = this.#deps
    const manifest = manifestKey(row.recipe, step)
    if (await objectStore.head(manifest)) return (await json((await objectStore.get(manifest)).body)) as T
    const made = await make()
    await objectStore.put(manifest, Buffer.from(JSON.stringify(made)), { contentType: 'application/json' })
    return made
  }

  async #withOriginal<T>(
    row: RowOf<'video' | 'voice'>,
    work: (folder: string, source: Source) => Promise<T>,
  ): Promise<T> {
    const folder = join(this.#deps.temporaryFolder, randomUUID())
    await mkdir(folder)
    try {
      const path = join(folder, 'original')
      await fetchOriginal(this.#deps.objectStore, row, path)
      const container = containers[row.original_type]
      if (!container) throw new TintypeError('media_type_unsupported')
      return await work(folder, { path, container })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  #inFolder<T>(
    row: FilmRow,
    watch: FilmWatch,
    step: 'first' | 'later',
    work: (job: FilmJob) => Promise<T>,
  ): Promise<T> {
    return this.#withOriginal(row, async (folder, source) => {
      const { stalledMs, limits } = this.#deps
      const { signal } = watch
      const options = { niceness: NICENESS[step], signal, ...(stalledMs && { timeoutMs: stalledMs }) }
      using processes = new VideoProcesses(options)
      const process = () => processes.current
      const probe = await process().probe(source)
      const picture = await looking(checked(probe), row.edit, folder)
      const job = { row, folder, source, probe, picture, watch, process }
      const whole = isComposed(row) ? await composed(this.#deps, job) : job
      return await work({ ...whole, part: partOf(whole.probe, whole.row, limits) })
    })
  }

  async #poster(job: FilmJob) {
    const { row } = job
    const path = await this.#posterFile(job)
    const size = posterSize(job.picture)
    const pixels = size.width * size.height
    const task = { path, type: 'image/png', pixels, edit: {}, purpose: row.purpose, make: 'first' } as const
    return storeStill(this.#deps.objectStore, row, await this.#deps.imaging.run(task), 'first')
  }

  async #posterFile({ row, folder, source, picture, probe, part, process }: FilmJob): Promise<string> {
    const to = join(folder, 'poster.png')
    const { cover_ms } = row.edit
    const at = cover_ms === undefined ? undefined : Math.max(0, cover_ms / 1000 - part.from)
    const known = probe.duration > 0 ? probe.duration - part.from : part.seconds
    const shown = { ...part, seconds: Math.min(part.seconds, known) }
    await process().poster({ source, picture, part: shown, at, size: posterSize(picture), to })
    return to
  }

  /** Undefined where there is none, or none is wanted. */
  async #sound({ row, folder, source, probe, part, process }: FilmJob): Promise<string | undefined> {
    const { objectStore } = this.#deps
    if (!probe.sound || row.edit.mute || isLoop(source)) return undefined
    const to = join(folder, 'sound.mp4')
    const key = filmKeys(row.recipe).sound
    if (await objectStore.head(key)) {
      await fetchObject(objectStore, key, to)
      return to
    }
    const task = { source, part, to, layout: 'fragments', channels: 2, bitRate: SOUND_RATE, bars: 0 } as const
    if (!(await process().sound(task))) return undefined
    await objectStore.put(key, createReadStream(to), { contentType: 'audio/mp4' })
    return to
  }

  async #film(job: FilmJob, sound: string | undefined): Promise<Film> {
    const { row, folder, source, picture, part, probe } = job
    const rung = firstOf(rungsOf(picture))
    if (!rung) throw new Error('no size')
    const to = join(folder, 'film.mp4')
    const isCut = part.from > 0 || row.edit.end_ms !== undefined
    const heard = sound === undefined ? undefined : ({ path: sound, container: 'mov' } as const)
    const copied = !picture.look && mayCopy(probe, rung, isCut) && (await assembled(job, source, heard, to))
    const seconds = copied || (await this.#encoded(job, rung, heard, to))
    // Its own length may be a lie: what goes on to where nothing more is encoded is longer than it may be.
    if (row.edit.end_ms === undefined && seconds > part.seconds - 1) throw new TintypeError('media_too_long')
    const { recipe } = row
    const file = await storeFile(this.#deps.objectStore, to, {
      key: filmKeys(recipe).file,
      name: `film-${recipe.slice(0, 8)}.mp4`,
      content_type: 'video/mp4',
    })
    const made = {
      duration_ms: Math.round(seconds * 1000),
      loops: isLoop(source),
      has_sound: sound !== undefined,
    }
    return { recipe, ...made, file, rungs: [], sound: null, preview: null, strip: null }
  }

  async #encoded(job: FilmJob, rung: Rung, sound: Source | undefined, to: string): Promise<number> {
    const plan = planOf(job.picture, job.part, [rung])
    const [file] = await encodeRungs(this.#deps, job, plan, false)
    if (!file) throw new TintypeError('media_corrupt')
    const seconds = await assembled(job, { path: file.path, container: 'mov' }, sound, to)
    if (!seconds) throw new Error('not assembled')
    return seconds
  }
}

const isLoop = ({ container }: Source): boolean => ['gif', 'apng', 'webp_anim'].includes(container)

/** As large as a picture of this shape is made at most in the first step. */
const posterSize = (picture: SourcePicture) => renditionSize(picture, 1080)

function checked({ picture }: Probe): SourcePicture {
  if (!picture) throw new TintypeError('media_no_picture')
  if (isTooSmall(picture)) throw new TintypeError('media_too_small')
  if (picture.width * picture.height > PIXELS_MAX) throw new TintypeError('media_too_many_pixels')
  return picture
}

/** With the filter that it is to have. */
async function looking(
  picture: SourcePicture,
  { filter, strength }: FilmRow['edit'],
  folder: string,
): Promise<SourcePicture> {
  const look = filter && (await makeLook(folder, filter, strength ?? 1))
  return look ? { ...picture, look } : picture
}

/** What of it is shown. How long a file says it is may be wrong; so it ends where it ends, or where it becomes too long. */
function partOf({ duration }: Probe, { edit, purpose }: FilmRow, video: VideoLimits): Part {
  const from = (edit.start_ms ?? 0) / 1000
  const end =
    edit.end_ms === undefined ? duration : Math.min(duration || Number.POSITIVE_INFINITY, edit.end_ms / 1000)
  const longest = purpose === 'story' ? Math.min(video.seconds, limits.storyVideoSeconds) : video.seconds
  if (end - from > longest + 0.5) throw new TintypeError('media_too_long')
  return { from, seconds: edit.end_ms === undefined ? longest + 2 : edit.end_ms / 1000 - from }
}

async function assembled(
  { process }: FilmJob,
  picture: Source,
  sound: Source | undefined,
  to: string,
): Promise<number | undefined> {
  return await process().assemble({ picture, sound, to })
}
