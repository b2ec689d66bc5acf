import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { type FilmDeps, type FilmJob, storeFile } from './film-job.ts'
import { encodeRungs, type RungFile } from './film-pieces.ts'
import type { Film, FilmTrack } from './outcome.ts'
import { filmKeys } from './recipe.ts'
import { readFragments } from './video/fragments.ts'
import { planOf, type Rung, rungsOf } from './video/plan.ts'
import { codecsOf, mediaPlaylist, PLAYLIST_TYPE, ratesOf } from './video/playlist.ts'

/** Stills for seeking: at most so many, and at least so far apart (seconds). */
const STILLS_MAX = 100
const STILLS_APART = 2
const STILL_EDGE = 90
const COLUMNS = 10
/** Fragments that the preview shows: four seconds. */
const PREVIEW_FRAGMENTS = 2

/** What follows when a film is shown already: every size from one decode, each with the list of its fragments. */
export async function makeLadder(deps: FilmDeps, job: FilmJob, film: Film): Promise<Film> {
  const rungs = rungsOf(job.picture)
  const files = await encodeRungs(deps, job, planOf(job.picture, job.part, rungs), true)
  const tracks: FilmTrack[] = []
  for (const [at, rung] of rungs.entries()) {
    const made = files[at]
    if (made) tracks.push(await storeRung(deps, job, rung, made))
  }
  const sound = film.has_sound ? await storeSound(deps, job) : null
  const [smallest] = files
  if (!smallest) return film
  const preview = await makePreview(deps, job, smallest)
  const strip = await makeStills(deps, job, { path: smallest.path, seconds: film.duration_ms / 1000 })
  return { ...film, rungs: tracks, sound, preview, strip }
}

async function storeRung(
  { objectStore }: FilmDeps,
  { row }: FilmJob,
  rung: Rung,
  made: RungFile,
): Promise<FilmTrack> {
  const { recipe } = row
  const keys = filmKeys(recipe)
  const name = `${rung.edge}p-${recipe.slice(0, 8)}`
  const { width, height } = rung
  const file = await storeFile(objectStore, made.path, {
    key: keys.rung(rung.edge),
    name: `${name}.mp4`,
    content_type: 'video/mp4',
  })
  const playlist = await storePlaylist(
    { objectStore },
    keys.playlist(rung.edge),
    `${name}.m3u8`,
    mediaPlaylist(file.name, made),
  )
  return { ...file, width, height, playlist, ...ratesOf(made), codecs: codecsOf(made.init) }
}

async function storeSound({ objectStore }: FilmDeps, { row }: FilmJob): Promise<FilmTrack> {
  const { recipe } = row
  const keys = filmKeys(recipe)
  const bytes = await buffer((await objectStore.get(keys.sound)).body)
  const found = readFragments(bytes)
  const name = `sound-${recipe.slice(0, 8)}`
  const file = { key: keys.sound, name: `${name}.m4a`, content_type: 'audio/mp4', size: bytes.length }
  const playlist = await storePlaylist(
    { objectStore },
    keys.soundPlaylist,
    `${name}.m3u8`,
    mediaPlaylist(file.name, found),
  )
  return { ...file, width: 0, height: 0, playlist, ...ratesOf(found), codecs: 'mp4a.40.2' }
}

async function storePlaylist(
  { objectStore }: Pick<FilmDeps, 'objectStore'>,
  key: string,
  name: string,
  text: string,
) {
  const bytes = Buffer.from(text)
  await objectStore.put(key, bytes, { contentType: PLAYLIST_TYPE })
  return { key, name, content_type: PLAYLIST_TYPE, size: bytes.length }
}

/** The beginning of the smallest size, silent. */
async function makePreview({ objectStore }: FilmDeps, { row, folder, process }: FilmJob, made: RungFile) {
  const last = made.fragments.slice(0, PREVIEW_FRAGMENTS).at(-1)
  if (!last) return null
  const [cut, to] = [join(folder, 'cut.mp4'), join(folder, 'preview.mp4')]
  await pipeline(createReadStream(made.path, { end: last.start + last.length - 1 }), createWriteStream(cut))
  await process().assemble({ picture: { path: cut, container: 'mov' }, sound: undefined, to })
  const { recipe } = row
  const name = `preview-${recipe.slice(0, 8)}.mp4`
  return storeFile(objectStore, to, { key: filmKeys(recipe).preview, name, content_type: 'video/mp4' })
}

/** Of the smallest size, which has a key frame every two seconds. */
async function makeStills(
  { objectStore }: FilmDeps,
  { row, folder, picture, process }: FilmJob,
  { path, seconds }: { path: string; seconds: number },
) {
  const interval = Math.max(STILLS_APART, seconds / STILLS_MAX)
  const count = Math.max(1, Math.floor(seconds / interval))
  const scale = STILL_EDGE / Math.min(picture.width, picture.height)
  const even = (value: number) => 2 * Math.round((value * scale) / 2)
  const tile = { width: even(picture.width), height: even(picture.height) }
  const [columns, rows] = [Math.min(COLUMNS, count), Math.ceil(count / COLUMNS)]
  const to = join(folder, 'strip.webp')
  await process().strip({
    source: { path, container: 'mov' },
    picture: { ...picture, turning: [], isWide: false, matrix: 'bt709', look: undefined },
    part: { from: 0, seconds },
    tile,
    columns,
    rows,
    interval,
    to,
  })
  const { recipe } = row
  const name = `strip-${recipe.slice(0, 8)}.webp`
  const file = await storeFile(objectStore, to, {
    key: filmKeys(recipe).strip,
    name,
    content_type: 'image/webp',
  })
  return { ...file, ...tile, columns, count, interval_ms: Math.round(interval * 1000) }
}
