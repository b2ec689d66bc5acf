import type { PhotoEdit } from '@tintype/contract'
import { limits } from '@tintype/contract/limits'
import { geometrySize } from '@tintype/contract/photo-geometry'

/**
 * Any change to what comes out of processing raises it: results are stored under names that contain it. It stands here because who names
 * results does not process them, and need not load the libraries that do (20 MB).
 */
export const PIPELINE_VERSION = 2

/** A photograph of a post, a square avatar, a story, which fills a phone's screen, or one in a message, which may be seen once alone. */
export type Purpose = 'post' | 'avatar' | 'story' | 'message' | 'message_once'

export type ImageFormat = 'image/webp' | 'image/avif'
/** Made at once, so that a picture can be seen; or when nothing waits to be seen. */
export type Step = 'first' | 'later'

/** Each number is a width; see `renditionSize`. What follows first: the large sizes, then what saves most as AVIF. */
const renditionWidths: Record<Purpose, Record<Step, Partial<Record<ImageFormat, readonly number[]>>>> = {
  post: {
    first: { 'image/webp': [1080, 640, 150] },
    later: { 'image/webp': [2048, 1440], 'image/avif': [1440, 1080, 640] },
  },
  avatar: { first: { 'image/webp': [640, 320, 150] }, later: {} },
  story: { first: { 'image/webp': [1080, 640, 150] }, later: {} },
  message: { first: { 'image/webp': [1080, 640, 150] }, later: {} },
  message_once: { first: { 'image/webp': [1080, 640, 150] }, later: {} },
}

export const hasStep = (purpose: Purpose, step: Step): boolean =>
  Object.keys(renditionWidths[purpose][step]).length > 0

/** The longest edge that WebP can have. */
const LONGEST_EDGE = 16_383
/** Taller than a phone's screen: from there on a picture has as many pixels as one of this shape. */
const TALLEST_SHAPE = 16 / 9

export interface Size {
  width: number
  height: number
}
export interface Rect extends Size {
  left: number
  top: number
}

/** What a decode is for: `scaleOf` says how far what is kept is reduced for the largest of its renditions. */
export interface Target {
  purpose: Purpose
  scaleOf(kept: Size): number
}

export const targetOf = (purpose: Purpose, step: Step): Target => ({
  purpose,
  scaleOf: (kept) => renditionScale(kept, largestWidth(purpose, step)),
})

const largestWidth = (purpose: Purpose, step: Step): number =>
  Math.max(...Object.values(renditionWidths[purpose][step]).flat())

export interface Output extends Size {
  content_type: ImageFormat
}

/** What a step makes of a picture of which so much is kept: no size twice, none that the first step has made, largest first. */
export function outputsOf(kept: Size, purpose: Purpose, step: Step): Output[] {
  const { 'image/webp': webp = [], 'image/avif': avif = [] } = renditionWidths[purpose][step]
  const made = step === 'first' ? [] : outputsOf(kept, purpose, 'first')
  const largest = made[0] ? pixelsOf(made[0]) : 0
  const larger = renditionSizes(kept, webp).filter((size) => pixelsOf(size) >= WORTH_FROM * largest)
  const smaller = renditionSizes(kept, avif).filter(
    (size) => longestOf(size) >= AVIF_MIN_EDGE && [...larger, ...made].some((other) => isSame(size, other)),
  )
  return [
    ...larger.map((size) => ({ ...size, content_type: 'image/webp' as const })),
    ...smaller.map((size) => ({ ...size, content_type: 'image/avif' as const })),
  ]
}

/** A size that has hardly more pixels than the next is not told from it. */
const WORTH_FROM = 1.2
/** An AVIF of the smallest size saves bytes that nobody notices. */
const AVIF_MIN_EDGE = 400
const pixelsOf = ({ width, height }: Size): number => width * height
const longestOf = ({ width, height }: Size): number => Math.max(width, height)
export const isSame = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height

export interface DecodePlan {
  /** The whole picture at the scale of the largest rendition: what the decoder is asked for (shrink-on-load). */
  scaled: Size
  /** The part of it that is kept. */
  kept: Rect
}

/**
 * Cropping after scaling, not before: a decoder that must cut first cannot shrink while it loads, and a 12 MP JPEG
 * would be decoded whole. Never larger than the source.
 */
export function planDecode(source: Size, crop: PhotoEdit['crop'], { purpose, scaleOf }: Target): DecodePlan {
  const rect = purpose === 'avatar' ? squareWithin(cropOf(source, crop)) : cropOf(source, crop)
  const scale = scaleOf(rect)
  const scaled = { width: atLeastOne(source.width * scale), height: atLeastOne(source.height * scale) }
  const width = Math.min(scaled.width, atLeastOne(rect.width * scale))
  const height = Math.min(scaled.height, atLeastOne(rect.height * scale))
  const left = Math.min(scaled.width - width, Math.round(rect.left * scale))
  const top = Math.min(scaled.height - height, Math.round(rect.top * scale))
  return { scaled, kept: { left, top, width, height } }
}

/**
 * How far a picture is reduced for the rendition of `width`; never enlarged. An upright picture is that wide, so that it is sharp
 * in a column of that width; a wide one has as many pixels as a square of that width, since it is looked at closely and
 * would be a ribbon else; a taller one than a phone's screen as many as one of that shape.
 */
export function renditionScale(picture: Size, width: number): number {
  const pixels = picture.width * picture.height
  const byWidth = width / picture.width
  const byArea = Math.sqrt((width * width) / pixels)
  const byTallArea = Math.sqrt((width * width * TALLEST_SHAPE) / pixels)
  const wanted = picture.width > picture.height ? byArea : Math.min(byWidth, byTallArea)
  return Math.min(1, wanted, LONGEST_EDGE / Math.max(picture.width, picture.height))
}

/** The exact size of the rendition of `width`. */
export function renditionSize(picture: Size, width: number): Size {
  const scale = renditionScale(picture, width)
  return { width: atLeastOne(picture.width * scale), height: atLeastOne(picture.height * scale) }
}

/** Sizes of the renditions of `widths`: each once, largest first. */
export function renditionSizes(picture: Size, widths: readonly number[]): Size[] {
  const sizes = widths.map((width) => renditionSize(picture, width))
  return sizes.filter((size, index) => sizes.findIndex((other) => isSame(size, other)) === index)
}

/** What an edit keeps of a picture, in its own pixels. */
export function keptSize(source: Size, edit: PhotoEdit, purpose: Purpose = 'post'): Size {
  const { width, height } = geometrySize(source, edit)
  const cropped = cropOf({ width: atLeastOne(width), height: atLeastOne(height) }, edit.crop)
  const kept = purpose === 'avatar' ? squareWithin(cropped) : cropped
  return { width: kept.width, height: kept.height }
}

export const isTooSmall = ({ width, height }: Size): boolean => Math.min(width, height) < limits.photoMinEdge

function cropOf(source: Size, crop: PhotoEdit['crop']): Rect {
  if (!crop) return { left: 0, top: 0, ...source }
  const left = Math.min(source.width - 1, Math.round(crop.x * source.width))
  const top = Math.min(source.height - 1, Math.round(crop.y * source.height))
  return {
    left,
    top,
    width: Math.min(source.width - left, atLeastOne(crop.width * source.width)),
    height: Math.min(source.height - top, atLeastOne(crop.height * source.height)),
  }
}

function squareWithin(rect: Rect): Rect {
  const side = Math.min(rect.width, rect.height)
  return {
    left: rect.left + Math.round((rect.width - side) / 2),
    top: rect.top + Math.round((rect.height - side) / 2),
    width: side,
    height: side,
  }
}

const atLeastOne = (value: number): number => Math.max(1, Math.round(value))
