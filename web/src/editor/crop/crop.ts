import { limits, type PhotoEdit } from '@tintype/contract'
import {
  geometryPlacement,
  geometrySize,
  type Placement,
  placementOf,
  within,
} from '@tintype/contract/photo-geometry'

/** The shapes a picture can be cut to; `original` keeps its own. */
export const cropShapes = ['original', '1:1', '4:5', '16:9'] as const
export type CropShape = (typeof cropShapes)[number]

/** Oriented pixels. */
export interface Size {
  width: number
  height: number
}

/**
 * How a picture lies under its frame: how it is turned, the frame's shape, how far the picture is enlarged (1: the frame is as
 * large as fits into it), and the frame's middle as fractions of the turned picture. Says nothing about pixels, so that it means
 * the same for the preview and the original.
 */
export interface Framing {
  /** Degrees, clockwise; then left for right; then degrees again, at most `STRAIGHTEN_MOST`. */
  turn: 0 | 90 | 180 | 270
  flip: boolean
  straighten: number
  shape: CropShape
  zoom: number
  centerX: number
  centerY: number
}

export const wholePicture: Framing = {
  turn: 0,
  flip: false,
  straighten: 0,
  shape: 'original',
  zoom: 1,
  centerX: 0.5,
  centerY: 0.5,
}

/** Who wants more turns by a quarter first. */
export const STRAIGHTEN_MOST = 25

const ZOOM_MAX = 6
/** Below this many original pixels on the frame's shorter side the result would look torn. */
const SHORTEST_SIDE = 240
const FRACTION_DIGITS = 6

/** Width divided by height of what the frame shows. */
export function ratioOf(framing: Framing, picture: Size): number {
  const turned = geometrySize(picture, framing)
  if (framing.shape === 'original') return turned.width / turned.height
  const [width = 1, height = 1] = framing.shape.split(':').map(Number)
  return width / height
}

/** The frame's width and height, as fractions of the turned picture's. */
export function frameOf(framing: Framing, picture: Size): Size {
  const turned = geometrySize(picture, framing)
  const relative = ratioOf(framing, picture) / (turned.width / turned.height)
  return { width: Math.min(1, relative) / framing.zoom, height: Math.min(1, 1 / relative) / framing.zoom }
}

export function maxZoom(framing: Framing, picture: Size): number {
  const turned = geometrySize(picture, framing)
  const frame = frameOf({ ...framing, zoom: 1 }, picture)
  const shorter = Math.min(frame.width * turned.width, frame.height * turned.height)
  return clamp(shorter / SHORTEST_SIDE, 1, ZOOM_MAX)
}

/** Whether the server would refuse what is cut as too small; only of tiny pictures. */
function isTooSmall(framing: Framing, picture: Size): boolean {
  const turned = geometrySize(picture, framing)
  const frame = frameOf(framing, picture)
  const shorter = Math.min(
    Math.floor(frame.width * Math.round(turned.width)),
    Math.floor(frame.height * Math.round(turned.height)),
  )
  return shorter < limits.photoMinEdge
}

/** The shapes that this picture has enough pixels for, as it is turned. */
export const shapesFor = (framing: Framing, picture: Size): CropShape[] =>
  cropShapes.filter((shape) => shape === 'original' || !isTooSmall({ ...framing, shape, zoom: 1 }, picture))

/**
 * The nearest framing whose frame lies wholly on the picture, that is not enlarged too far, and that is not cut smaller than a
 * picture may be: a tiny one keeps its own shape, and is not straightened.
 */
export function settle(framing: Framing, picture: Size): Framing {
  const settled = settleOn(framing, picture)
  if (!isTooSmall(settled, picture)) return settled
  const whole = settleOn({ ...framing, shape: 'original' }, picture)
  return isTooSmall(whole, picture) ? settleOn({ ...whole, straighten: 0 }, picture) : whole
}

function settleOn(framing: Framing, picture: Size): Framing {
  const zoom = clamp(framing.zoom, 1, maxZoom(framing, picture))
  const frame = frameOf({ ...framing, zoom }, picture)
  return {
    ...framing,
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
  const reached = clamp(zoom, 1, maxZoom(framing, picture))
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

/** A quarter turn clockwise of what is seen; what lies in the middle of the frame stays there. */
export function turnRight(framing: Framing): Framing {
  // Behind a mirror clockwise is the other way round.
  const turn = ((framing.turn + (framing.flip ? 270 : 90)) % 360) as Framing['turn']
  return { ...framing, turn, centerX: 1 - framing.centerY, centerY: framing.centerX }
}

/** Left for right of what is seen. */
export const mirror = (framing: Framing): Framing => ({
  ...framing,
  flip: !framing.flip,
  straighten: -framing.straighten || 0,
  centerX: 1 - framing.centerX,
})

/** What lies in the middle of the frame stays there. */
export function straightenTo(framing: Framing, picture: Size, degrees: number): Framing {
  const straighten = clamp(degrees, -STRAIGHTEN_MOST, STRAIGHTEN_MOST)
  const [before, after] = [framing, { ...framing, straighten }].map((each) =>
    geometrySize(picture, each),
  ) as [Size, Size]
  const angle = ((straighten - framing.straighten) * Math.PI) / 180
  const right = (framing.centerX - 0.5) * before.width
  const down = (framing.centerY - 0.5) * before.height
  const centerX = 0.5 + (right * Math.cos(angle) - down * Math.sin(angle)) / after.width
  const centerY = 0.5 + (right * Math.sin(angle) + down * Math.cos(angle)) / after.height
  return settle({ ...framing, straighten, centerX, centerY }, picture)
}

/** From a place in the frame to its place on the picture as it came. */
export const placementIn = (framing: Framing, picture: Size): Placement =>
  within(
    placementOf(cropOf(framing, picture) ?? { x: 0, y: 0, width: 1, height: 1 }),
    geometryPlacement(picture, framing),
  )

/** The cut of the turned picture as the server takes it; undefined where the whole picture stays. */
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
