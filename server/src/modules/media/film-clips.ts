import { join } from 'node:path'
import { TintypeError } from '@tintype/contract'
import { secondsFor } from './file-kinds.ts'
import type { FilmDeps, FilmJob } from './film-job.ts'
import type { Size } from './imaging/plan.ts'
import { fetchOriginal } from './original.ts'
import type { FilmEdit, FilmFrame } from './sniffed.ts'
import type { JoinedClip } from './video/join.ts'
import { type Framing, rateOf, rungsOf, secondsOf } from './video/plan.ts'
import type { Rational } from './video/source.ts'

type ComposeDeps = Pick<FilmDeps, 'line' | 'threads' | 'limits' | 'objectStore'>

/** A film as it is before anybody has said which part of it is shown. */
type WholeFilm = Omit<FilmJob, 'part'>

/** What a story's film is put into. */
const FRAME: Size = { width: 720, height: 1280 }

/** Whether something has to be made of it before it can be gone on with as a film that was sent. */
export const isComposed = ({ edit }: WholeFilm['row']): boolean =>
  edit.clips !== undefined || edit.frame !== undefined

/** Its clips as one film, in its frame where it has one; which is then gone on with as if it had been sent. */
export async function composed<F extends WholeFilm>(deps: ComposeDeps, film: F): Promise<F> {
  const { line, threads, limits, objectStore } = deps
  const { row, folder, source, probe, picture, watch, process } = film
  const rate = rateOf(picture.frameRate)
  const most = secondsFor(row.purpose, limits)
  const clips = clipsOf(row.edit, probe.duration, rate, most)
  const size = row.edit.frame ? FRAME : rungsOf(picture).at(-1)
  if (clips.length === 0 || !size) throw new TintypeError('media_too_small')
  const seconds = secondsOf(
    clips.reduce((sum, { frames, isOpen }) => sum + (isOpen ? 0 : frames), 0),
    rate,
  )
  // How long its head said it was may be less than it is.
  if (seconds > most) throw new TintypeError('media_too_long')
  const framing = row.edit.frame && (await framingOf(objectStore, folder, row.edit.frame))
  const to = join(folder, 'composed.mp4')
  const giveBack = await line.take({ seconds }, watch.signal)
  try {
    await process().join({ source, picture, clips, rate, size, framing, to, threads })
  } finally {
    giveBack()
  }
  const made = { path: to, container: 'mov' } as const
  const found = await process().probe(made)
  if (!found.picture) throw new TintypeError('media_corrupt')
  return {
    ...film,
    row: { ...row, edit: restOf(row.edit) },
    source: made,
    probe: found,
    picture: found.picture,
  }
}

/** Seconds that the film says it lasts; 0 where it does not. */
function clipsOf(
  { clips, start_ms = 0, end_ms }: FilmEdit,
  duration: number,
  rate: Rational,
  most: number,
): JoinedClip[] {
  const length = duration > 0 ? duration * 1000 : Number.POSITIVE_INFINITY
  const framesOf = (ms: number) => Math.round((ms * rate.num) / rate.den / 1000)
  const end = Math.min(end_ms ?? Number.POSITIVE_INFINITY, length)
  // One frame more than it may have tells that it has too many.
  if (!clips && end === Number.POSITIVE_INFINITY)
    return [{ from: start_ms / 1000, speed: 1, frames: framesOf((most + 1) * 1000), isOpen: true }]
  return (clips ?? [{ start_ms, end_ms: end }]).flatMap(({ start_ms: from, end_ms: to, ...clip }) => {
    const speed = 'speed' in clip ? (clip.speed ?? 1) : 1
    const frames = framesOf((Math.min(to, length) - from) / speed)
    return frames > 0 ? [{ from: from / 1000, speed, frames }] : []
  })
}

async function framingOf(
  objectStore: ComposeDeps['objectStore'],
  folder: string,
  { plate, ...place }: FilmFrame,
): Promise<Framing> {
  const path = join(folder, 'plate')
  await fetchOriginal(objectStore, plate, path)
  return { ...place, plate: path }
}

/** What is still to be done to it. */
function restOf({ clips, frame: _, filter: __, start_ms = 0, end_ms: ___, ...edit }: FilmEdit): FilmEdit {
  const { cover_ms } = edit
  return clips || cover_ms === undefined ? edit : { ...edit, cover_ms: Math.max(0, cover_ms - start_ms) }
}
