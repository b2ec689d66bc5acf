import type { PhotoEdit } from '@tintype/contract'

/** The shapes a picture can be cut to; `original` keeps its own. */
export const cropShapes = ['original', '1:1', '4:5', '16:9'] as const
export type CropShape = (typeof cropShapes)[number]

/** Oriented pixels. */
export interface Size {
  width: number
  height: number
}

/**
 * How a picture lies under its frame: the frame's shape, how far the picture is enlarged (1: the frame is as large
 * as fits into it), and the frame's middle as fractions of the picture. Says nothing about pixels, so that it means
 * the same for the preview and the original.
 */
export interface Framing {
  shape: CropShape
  zoom: number
  centerX: number
  centerY: number
}

export const wholePicture: Framing = { shape: 'original', zoom: 1, centerX: 0.5, centerY: 0.5 }

const ZOOM_MAX = 6
/** Below this many original pixels on the frame's shorter side the result would look torn. */
const SHORTEST_SIDE = 240
const FRACTION_DIGITS = 6

/** Width divided by height of what the frame shows. */
export function ratioOf(shape: CropShape, picture: Size): number {
  if (shape === 'original') return picture.width / picture.height
  const [width = 1, height = 1] = shape.split(':').map(Number)
  return width / height
}

/** The frame's width and height, as fractions of the picture's. */
export function frameOf(framing: Framing, picture: Size): Size {
  const relative = ratioOf(framing.shape, picture) / (picture.width / picture.height)
  return { width: Math.min(1, relative) / framing.zoom, height: Math.min(1, 1 / relative) / framing.zoom }
}

export function maxZoom(shape: CropShape, picture: Size): number {
  const frame = frameOf({ ...wholePicture, shape }, picture)
  const shorter = Math.min(frame.width * picture.width, frame.height * picture.height)
  return clamp(shorter / SHORTEST_SIDE, 1, ZOOM_MAX)
}

/** The nearest framing whose frame lies wholly on the picture and that is not enlarged too far. */
export function settle(framing: Framing, picture: Size): Framing {
  const zoom = clamp(framing.zoom, 1, maxZoom(framing.shape, picture))
  const frame = frameOf({ ...framing, zoom }, picture)
  return {
    shape: framing.shape,
    zoom,
    centerX: clamp(framing.centerX, frame.width / 2, 1 - frame.width / 2),
    centerY: clamp(framing.centerY, frame.height / 2, 1 - frame.height / 2),
  }
}

/** Moves the picture under the frame by fractions of the frame's size; positive is right and down. */
export function pan(framing: Framing, picture: Size, right: number, down: number): Framing {
  const frame = frameOf(framing, picture)
  return settle(
    {
      ...framing,
      centerX: framing.centerX - right * frame.width,
      centerY: framing.centerY - down * frame.height,
    },
    picture,
  )
}

/** Enlarges to `zoom` and keeps the point under `anchor` (fractions of the frame, 0…1) where it is, as far as it can. */
export function zoomTo(framing: Framing, picture: Size, zoom: number, anchor = { x: 0.5, y: 0.5 }): Framing {
  const reached = clamp(zoom, 1, maxZoom(framing.shape, picture))
  const before = frameOf(framing, picture)
  const after = frameOf({ ...framing, zoom: reached }, picture)
  return settle(
    {
      ...framing,
      zoom: reached,
      centerX: framing.centerX + (anchor.x - 0.5) * (before.width - after.width),
      centerY: framing.centerY + (anchor.y - 0.5) * (before.height - after.height),
    },
    picture,
  )
}

/** Another shape around the same middle, at the same enlargement as far as the limits let it. */
export const reshape = (framing: Framing, picture: Size, shape: CropShape): Framing =>
  settle({ ...framing, shape }, picture)

/** The cut as the server takes it; undefined where the whole picture stays. */
export function cropOf(framing: Framing, picture: Size): PhotoEdit['crop'] {
  const settled = settle(framing, picture)
  const frame = frameOf(settled, picture)
  if (frame.width > 1 - 1e-6 && frame.height > 1 - 1e-6) return undefined
  const width = round(frame.width)
  const height = round(frame.height)
  return {
    x: round(clamp(settled.centerX - frame.width / 2, 0, 1 - width)),
    y: round(clamp(settled.centerY - frame.height / 2, 0, 1 - height)),
    width,
    height,
  }
}

/** Towards zero, so that x + width never passes the edge. */
function round(fraction: number): number {
  const scale = 10 ** FRACTION_DIGITS
  return Math.floor(fraction * scale + 1e-9) / scale
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), Math.max(low, high))
