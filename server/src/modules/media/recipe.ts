import { createHash } from 'node:crypto'
import { adjustments, type PhotoEdit, type UploadKind } from '@tintype/contract'
import { PIPELINE_VERSION, type Purpose, type Step } from './imaging/plan.ts'
import type { EditBy, FilmEdit } from './sniffed.ts'
import { FILM_VERSION, PIECES_MAX, RUNG_EDGES } from './video/plan.ts'

interface Ingredients<K extends UploadKind> {
  kind: K
  sha256: string
  edit: EditBy[K]
  purpose: Purpose
}

/**
 * The name of what comes out: equal for equal originals that are edited alike. 32 hex digits of a SHA-256 over everything that
 * decides the outcome.
 */
export function recipeOf<K extends UploadKind>({ kind, sha256, edit, purpose }: Ingredients<K>): string {
  const ingredients: Record<UploadKind, () => unknown[]> = {
    photo: () => [PIPELINE_VERSION, sha256, purpose, ...ofPhoto(edit as PhotoEdit)],
    video: () => ['video', FILM_VERSION, sha256, purpose, ...ofVideo(edit as FilmEdit)],
    voice: () => ['voice', FILM_VERSION, sha256, purpose],
  }
  return createHash('sha256').update(JSON.stringify(ingredients[kind]())).digest('hex').slice(0, 32)
}

function ofPhoto(edit: PhotoEdit): unknown[] {
  const {
    turn = 0,
    flip = false,
    straighten = 0,
    crop,
    filter = 'original',
    strength = 1,
    adjust = {},
  } = edit
  const plain = filter === 'original'
  return [
    [turn, flip, straighten],
    crop && [crop.x, crop.y, crop.width, crop.height],
    filter,
    plain ? 1 : strength,
    adjustments.map((name) => adjust[name] ?? 0),
  ]
}

function ofVideo({ start_ms = 0, end_ms, mute = false, cover_ms, ...rest }: FilmEdit): unknown[] {
  const { clips = [], filter = 'original', strength = 1, frame } = rest
  return [
    start_ms,
    end_ms,
    mute,
    cover_ms,
    ...clips.map((clip) => [clip.start_ms, clip.end_ms, clip.speed ?? 1]),
    ...(filter === 'original' ? [] : ['filter', filter, strength]),
    ...(frame ? ['frame', frame.x, frame.y, frame.zoom, frame.rotation, frame.plate.original_sha256] : []),
  ]
}

export type RenditionFormat = 'webp' | 'avif'

/** At most so many sizes are made of one picture, in either format. */
const SIZES = 5
/** Sizes that the first step makes at most. */
export const FIRST_SIZES = 3
const steps = { first: 'webp', later: 'later' } as const satisfies Record<Step, string>

export const renditionKey = (recipe: string, format: RenditionFormat, index: number): string =>
  `media/${recipe}/${index}.${format}`
/** What was made is written down last: where it stands, the step is done. */
export const manifestKey = (recipe: string, step: Step): string => `media/${recipe}/${steps[step]}.json`

/** Parts of a film, beside the pictures that stand for it. */
export const filmKeys = (recipe: string) => {
  const at = (name: string) => `media/${recipe}/${name}`
  return {
    /** What is played as it comes; of recordings what is heard. */
    file: at('film.mp4'),
    /** The picture of one size, whole, in fragments. */
    rung: (edge: number) => at(`${edge}.mp4`),
    /** So that a process that was killed does not begin again. */
    piece: (edge: number, piece: number) => at(`${edge}.${piece}.part`),
    playlist: (edge: number) => at(`${edge}.m3u8`),
    sound: at('sound.mp4'),
    soundPlaylist: at('sound.m3u8'),
    preview: at('preview.mp4'),
    strip: at('strip.webp'),
  }
}

/** The list of a film's sizes: made when it is asked for. */
export const masterName = (recipe: string): string => `film-${recipe.slice(0, 8)}.m3u8`

/** Every object a recipe can have; known without listing, so that none is ever left behind. */
export function objectKeys({ recipe, kind }: { recipe: string; kind: UploadKind }): string[] {
  const manifests = [manifestKey(recipe, 'first'), manifestKey(recipe, 'later')]
  const pictures = (['webp', 'avif'] as const).flatMap((format) =>
    Array.from({ length: SIZES }, (_, index) => renditionKey(recipe, format, index)),
  )
  // `avif.json`: of the first pipeline.
  if (kind === 'photo') return [...manifests, `media/${recipe}/avif.json`, ...pictures]
  const keys = filmKeys(recipe)
  const { file, sound, soundPlaylist, preview, strip } = keys
  if (kind === 'voice') return [...manifests, file]
  const rungs = RUNG_EDGES.flatMap((edge) => [
    keys.rung(edge),
    keys.playlist(edge),
    ...pieceKeys(recipe, edge),
  ])
  return [...manifests, ...pictures, file, sound, soundPlaylist, preview, strip, ...rungs]
}

export const pieceKeys = (recipe: string, edge: number, count = PIECES_MAX): string[] =>
  Array.from({ length: count }, (_, piece) => filmKeys(recipe).piece(edge, piece))
