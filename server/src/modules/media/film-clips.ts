import { join } from 'node:path'
import { type FilmClip, TintypeError } from '@tintype/contract'
import { secondsFor } from './file-kinds.ts'
import type { FilmDeps, FilmJob } from './film-job.ts'
import type { JoinedClip } from './video/join.ts'
import { rateOf, rungsOf, secondsOf } from './video/plan.ts'

/** A film as it is before anybody has said which part of it is shown. */
type WholeFilm = Omit<FilmJob, 'part'>

/** Its clips as one film, which is then gone on with as if it had been sent. */
export async function joinedClips<F extends WholeFilm>(
  { line, threads, limits }: Pick<FilmDeps, 'line' | 'threads' | 'limits'>,
  film: F,
  clips: readonly FilmClip[],
): Promise<F> {
  const { row, folder, source, probe, picture, watch, process } = film
  const rate = rateOf(picture.frameRate)
  const length = probe.duration > 0 ? probe.duration * 1000 : Number.POSITIVE_INFINITY
  const wanted = clips.flatMap(({ start_ms, end_ms, speed = 1 }): JoinedClip[] => {
    const seconds = (Math.min(end_ms, length) - start_ms) / 1000 / speed
    const frames = Math.round((seconds * rate.num) / rate.den)
    return frames > 0 ? [{ from: start_ms / 1000, speed, frames }] : []
  })
  const size = rungsOf(picture).at(-1)
  if (wanted.length === 0 || !size) throw new TintypeError('media_too_small')
  const to = join(folder, 'joined.mp4')
  const seconds = secondsOf(
    wanted.reduce((sum, { frames }) => sum + frames, 0),
    rate,
  )
  // How long its head said it was may be less than it is.
  if (seconds > secondsFor(row.purpose, limits)) throw new TintypeError('media_too_long')
  const giveBack = await line.take({ seconds }, watch.signal)
  try {
    await process().join({ source, picture, clips: wanted, rate, size, to, threads })
  } finally {
    giveBack()
  }
  const joined = { path: to, container: 'mov' } as const
  const found = await process().probe(joined)
  if (!found.picture) throw new TintypeError('media_corrupt')
  const { clips: _, start_ms: __, end_ms: ___, ...edit } = row.edit
  return { ...film, row: { ...row, edit }, source: joined, probe: found, picture: found.picture }
}
