import type { Size } from '../imaging/plan.ts'
import { type Look, quoted } from './look.ts'
import type { Probe, Rational, SourcePicture } from './source.ts'

/** Any change to what is made of a film raises it, as PIPELINE_VERSION of pictures. */
export const FILM_VERSION = 1

/** Seconds of film in what a player fetches at once: a key frame stands at the beginning of each. */
const SEGMENT_SECONDS = 2
/** Segments that are encoded, and kept, together: what a killed process loses at most. */
const PIECE_SEGMENTS = 30

/** About. */
export const PIECE_MS = SEGMENT_SECONDS * PIECE_SEGMENTS * 1000

/** By the shorter edge; bits a second that are not exceeded for longer than a moment. */
const rungs = [
  { edge: 240, maxRate: 400_000 },
  { edge: 480, maxRate: 1_200_000 },
  { edge: 720, maxRate: 2_800_000 },
  { edge: 1080, maxRate: 5_000_000 },
] as const
export const RUNG_EDGES: readonly number[] = rungs.map(({ edge }) => edge)
/** Of the longest film that a community can allow. */
export const PIECES_MAX = 4 * 60 + 2
/** What is made first, and played as a file of its own, has at most this edge. */
export const FIRST_EDGE = 720
/** A wider picture than this has as many pixels as one of this shape. */
const WIDEST = 16 / 9
const RATE_MAX = 30
/** In the order in which they are looked through. */
const usualRates: readonly Rational[] = [
  { num: 24_000, den: 1001 },
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30_000, den: 1001 },
  { num: 30, den: 1 },
]

export interface Rung extends Size {
  /** Names it: the shorter edge that it has at most. */
  edge: number
  maxRate: number
}

/** What is encoded of a source, in one decode. */
export interface EncodePlan {
  rungs: readonly Rung[]
  rate: Rational
  /** Frames. */
  segment: number
  /** Frames. */
  piece: number
  /** Of the source, seconds. */
  from: number
  seconds: number
}

export const secondsOf = (frames: number, rate: Rational): number => (frames * rate.den) / rate.num

/** The part of a source that is shown, in seconds. */
export interface Part {
  from: number
  seconds: number
}

export function planOf(picture: SourcePicture, part: Part, chosen: readonly Rung[]): EncodePlan {
  const rate = rateOf(picture.frameRate)
  const segment = Math.round((SEGMENT_SECONDS * rate.num) / rate.den)
  return { rungs: chosen, rate, segment, piece: segment * PIECE_SEGMENTS, ...part }
}

export const piecesOf = ({ seconds, rate, piece }: EncodePlan): number =>
  Math.max(1, Math.ceil(seconds / secondsOf(piece, rate) - 0.001))

/** Never larger than the source: those whose edge it reaches, and the next, as large as it is. Smallest first. */
export function rungsOf(picture: Size): Rung[] {
  const edge = Math.min(picture.width, picture.height)
  const reached = rungs.findIndex((rung) => rung.edge >= edge)
  const all = reached < 0 ? rungs : rungs.slice(0, reached + 1)
  const sized = all.map((rung) => ({ ...rung, ...sizeOf(picture, rung.edge) }))
  return sized.filter(({ width }, at) => at === 0 || width > (sized[at - 1]?.width ?? 0))
}

/** The one that is made first: the largest below the limit. */
export function firstOf(all: readonly Rung[]): Rung | undefined {
  return all.findLast(({ edge }) => edge <= FIRST_EDGE) ?? all[0]
}

function sizeOf({ width, height }: Size, edge: number): Size {
  const byEdge = edge / Math.min(width, height)
  const byArea = Math.sqrt((edge * edge * WIDEST) / (width * height))
  const scale = Math.min(1, byEdge, byArea)
  return { width: even(width * scale), height: even(height * scale) }
}

/** H.264 halves the colours' resolution. */
const even = (value: number): number => Math.max(2, 2 * Math.round(value / 2 - 0.001))

/** The usual rate that is nearest; a faster film than the fastest of them loses frames evenly. */
export function rateOf(frames: number): Rational {
  if (!(frames > 0)) return { num: 30, den: 1 }
  if (frames < 20) return { num: Math.max(1, Math.round(frames)), den: 1 }
  const wanted = Math.min(frames, RATE_MAX)
  const off = ({ num, den }: Rational) => Math.abs(num / den - wanted)
  return usualRates.reduce((best, rate) => (off(rate) < off(best) - 1e-6 ? rate : best))
}

/** Whether a file can be played as it is, once it is put in order: then its picture is copied. */
export function mayCopy({ picture }: Probe, largest: Rung, isCut: boolean): boolean {
  if (!picture?.isPlain || isCut || picture.bitRate > largest.maxRate * 1.5) return false
  return picture.width === largest.width && picture.height === largest.height && picture.frameRate <= 61
}

/** Upright, in the colours of every screen. What the frames are made of that are encoded, or looked at. */
export function uprightFilters(picture: SourcePicture): string[] {
  const { turning, isWide, matrix, look } = picture
  const from = matrix ?? (Math.min(picture.width, picture.height) >= 720 ? 'bt709' : 'bt601')
  const toned = 'tonemapx=tonemap=bt2390:desat=0:peak=100:t=bt709:m=bt709:p=bt709:format=yuv420p'
  const colours = isWide ? [toned] : []
  const inMatrix = isWide ? 'bt709' : from
  return [
    ...colours,
    ...turning,
    `scale=in_color_matrix=${inMatrix}:out_color_matrix=bt709:out_range=tv:flags=bicubic`,
    'format=yuv420p',
    TAGS,
    // What a frame says of how it is to be turned would be done twice; what it says of the camera is nobody's business.
    'sidedata=mode=delete',
    ...(look ? lookFilters(look, picture) : []),
  ]
}

/** Colours one by one, then what lies over them. It is seen in RGB, as photographs are changed. */
function lookFilters({ cube, shades }: Look, { width, height }: Size): string[] {
  const shaded = shades.map((path, at) => {
    const [film, shade] = [`shaded${at}`, `shade${at}`]
    const size = `scale=${width}:${height}:flags=bilinear`
    return `null[${film}];movie=filename=${quoted(path)},format=rgba,${size}[${shade}];[${film}][${shade}]overlay=format=gbrp`
  })
  return [
    'scale=in_color_matrix=bt709:in_range=tv:out_range=pc',
    'format=gbrp',
    `lut3d=file=${quoted(cube)}:interp=tetrahedral`,
    ...shaded,
    'scale=out_color_matrix=bt709:out_range=tv',
    'format=yuv420p',
    TAGS,
  ]
}

const TAGS = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709'

/** What a film in a frame stands in, and what lies over it. */
export interface Framing {
  x: number
  y: number
  zoom: number
  rotation: number
  /** A picture on this machine. */
  plate: string
}

/** An upright film in a frame of this size. */
export function framedIn(frame: Size, film: Size, rate: Rational, framing: Framing): string {
  const { x, y, zoom, rotation, plate } = framing
  const scale = Math.min(frame.width / film.width, frame.height / film.height) * zoom
  const turn = (rotation * Math.PI) / 180
  const turned = rotation === 0 ? [] : [`rotate=${turn}:ow=rotw(${turn}):oh=roth(${turn}):c=black@0`]
  const laid = [
    scaleTo({ width: even(film.width * scale), height: even(film.height * scale) }),
    'format=yuva420p',
    ...turned,
  ]
  const { width, height } = frame
  const ground = `color=black:size=${width}x${height}:rate=${rate.num}/${rate.den}`
  const over = `scale=${width}:${height}:out_color_matrix=bt709:out_range=tv,format=yuva420p`
  return [
    `${laid.join(',')}[film]`,
    `${ground}[ground]`,
    `[ground][film]overlay=x=${x}*main_w-overlay_w/2:y=${y}*main_h-overlay_h/2:shortest=1[under]`,
    `movie=filename=${quoted(plate)},format=rgba,${over}[plate]`,
    `[under][plate]overlay,format=yuv420p,setsar=1,${TAGS}`,
  ].join(';')
}

/** Square pixels of this size. */
export const scaleTo = ({ width, height }: Size): string => `scale=${width}:${height}:flags=bicubic,setsar=1`
