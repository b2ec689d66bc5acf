import { geometrySize, limits, type PhotoEdit } from '@tintype/contract'

/**
 * Any change to what comes out of processing raises it: results are stored under names that contain it. It stands here because who names
 * results does not process them, and need not load the libraries that do (20 MB).
 */
export const PIPELINE_VERSION = 1

/** A photograph of a post, or a square avatar. */
export type Purpose = 'post' | 'avatar'
export const renditionEdges: Record<Purpose, readonly number[]> = {
  post: [1080, 640, 150],
  avatar: [640, 150],
}

export interface Size {
  width: number
  height: number
}
export interface Rect extends Size {
  left: number
  top: number
}

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
export function planDecode(source: Size, crop: PhotoEdit['crop'], purpose: Purpose): DecodePlan {
  const rect = purpose === 'avatar' ? squareWithin(cropOf(source, crop)) : cropOf(source, crop)
  const scale = Math.min(1, Math.max(...renditionEdges[purpose]) / Math.max(rect.width, rect.height))
  const scaled = { width: atLeastOne(source.width * scale), height: atLeastOne(source.height * scale) }
  const width = Math.min(scaled.width, atLeastOne(rect.width * scale))
  const height = Math.min(scaled.height, atLeastOne(rect.height * scale))
  const left = Math.min(scaled.width - width, Math.round(rect.left * scale))
  const top = Math.min(scaled.height - height, Math.round(rect.top * scale))
  return { scaled, kept: { left, top, width, height } }
}

/** Sizes of the renditions of a picture that is already at most as large as the largest: distinct, largest first. */
export function renditionSizes(picture: Size, purpose: Purpose): Size[] {
  const longest = Math.max(picture.width, picture.height)
  const edges = new Set(renditionEdges[purpose].map((edge) => Math.min(edge, longest)))
  return [...edges].map((edge) => ({
    width: atLeastOne((picture.width * edge) / longest),
    height: atLeastOne((picture.height * edge) / longest),
  }))
}

/** What an edit keeps of a picture, in its own pixels. */
export function keptSize(source: Size, edit: PhotoEdit): Size {
  const { width, height } = geometrySize(source, edit)
  const cropped = cropOf({ width: atLeastOne(width), height: atLeastOne(height) }, edit.crop)
  return { width: cropped.width, height: cropped.height }
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
