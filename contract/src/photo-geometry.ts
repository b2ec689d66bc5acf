import type { PhotoEdit } from './media/schemas.ts'

/** How a picture is turned before it is cropped; see `PhotoEdit`. */
export type Geometry = Pick<PhotoEdit, 'turn' | 'flip' | 'straighten'>

/**
 * From a place `(x, y)` on one picture to its place on another, both as fractions of width and height from the top left:
 * `(m[0]·x + m[2]·y + m[4], m[1]·x + m[3]·y + m[5])`, as in a CSS matrix.
 */
export type Placement = readonly [number, number, number, number, number, number]

interface Size {
  width: number
  height: number
}
interface Rect extends Size {
  x: number
  y: number
}

/**
 * The picture that a crop is cut out of: turned, and of what straightening leaves, the largest part that has its shape and no
 * empty corner. In pixels of the original, not rounded.
 */
export function geometrySize(original: Size, { turn = 0, straighten = 0 }: Geometry): Size {
  const { width, height } = turn % 180 === 0 ? original : { width: original.height, height: original.width }
  const [sin, cos] = [Math.abs(Math.sin(radians(straighten))), Math.cos(radians(straighten))]
  const scale = Math.min(width / (width * cos + height * sin), height / (width * sin + height * cos))
  return { width: width * scale, height: height * scale }
}

/** From a place on that picture to the one on the original. */
export function geometryPlacement(original: Size, geometry: Geometry): Placement {
  const { turn = 0, flip = false, straighten = 0 } = geometry
  const size = geometrySize(original, geometry)
  const turned = geometrySize(original, { turn })
  const [sin, cos] = [Math.sin(radians(straighten)), Math.cos(radians(straighten))]
  // What lies at p on the straightened picture lies at p turned back by the angle on the picture below; both around their middles.
  const [a, b] = [(cos * size.width) / turned.width, (-sin * size.width) / turned.height]
  const [c, d] = [(sin * size.height) / turned.width, (cos * size.height) / turned.height]
  const straightened: Placement = [a, b, c, d, 0.5 - (a + c) / 2, 0.5 - (b + d) / 2]
  return within(within(straightened, flip ? [-1, 0, 0, 1, 1, 0] : WHOLE), TURNS[turn])
}

/** First `inner`, then `outer`. */
export function within(inner: Placement, outer: Placement): Placement {
  const [a, b, c, d, e, f] = inner
  const [A, B, C, D, E, F] = outer
  return [
    ...[A * a + C * b, B * a + D * b],
    ...[A * c + C * d, B * c + D * d],
    ...[A * e + C * f + E, B * e + D * f + F],
  ] as unknown as Placement
}

export const placementOf = ({ x, y, width, height }: Rect): Placement => [width, 0, 0, height, x, y]

/** What of the outer picture is needed to show all of the inner one, as fractions of it. */
export function boundsOf([a, b, c, d, e, f]: Placement): Rect {
  const [left, right] = [Math.min(0, a) + Math.min(0, c) + e, Math.max(0, a) + Math.max(0, c) + e]
  const [top, bottom] = [Math.min(0, b) + Math.min(0, d) + f, Math.max(0, b) + Math.max(0, d) + f]
  return { x: left, y: top, width: right - left, height: bottom - top }
}

const WHOLE: Placement = [1, 0, 0, 1, 0, 0]
/** From a picture turned clockwise by so many degrees to the picture as it was. */
const TURNS: Record<NonNullable<Geometry['turn']>, Placement> = {
  0: WHOLE,
  90: [0, -1, 1, 0, 0, 1],
  180: [-1, 0, 0, -1, 1, 1],
  270: [0, 1, -1, 0, 1, 0],
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180
