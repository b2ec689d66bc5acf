import { limits } from '@tintype/contract'
import type { Size } from '../../../editor/crop/crop.ts'
import type { Place, ThingKind } from './scene.ts'

/** A thing, or what is behind all things. */
export type PlacedKind = ThingKind | 'picture' | 'film'

/** Height over width of the frame. */
export const FRAME_RATIO = 16 / 9

/** Of the frame, where nothing of the viewer (bars, name, reply field) covers it; shares of its width and height. */
export const safeArea = { left: 0.04, right: 0.96, top: 0.12, bottom: 0.86 } as const

const sizes: Record<PlacedKind, readonly [least: number, most: number]> = {
  text: [0.025, 0.4],
  emoji: [0.05, 0.9],
  sticker: [0.2, 0.92],
  picture: [0.2, 8],
  film: [0.2, limits.storyFilmZoom],
}

export interface Point {
  x: number
  y: number
}

export const clamp = (value: number, least: number, most: number): number =>
  Math.min(Math.max(value, least), Math.max(least, most))

/** −180…180. */
export const normalTurn = (degrees: number): number => {
  const turned = (((degrees % 360) + 540) % 360) - 180
  return turned === -180 ? 180 : turned
}

export const moveBy = (place: Place, dx: number, dy: number): Place => ({
  ...place,
  x: place.x + dx,
  y: place.y + dy,
})

export const scaleBy = (place: Place, factor: number): Place => ({ ...place, size: place.size * factor })

export const turnBy = (place: Place, degrees: number): Place => ({
  ...place,
  rotation: normalTurn(place.rotation + degrees),
})

/** A hand seldom means 2°: near upright and lying it is that. */
const SNAP = 3
export const snapTurn = (place: Place): Place => {
  const near = Math.round(place.rotation / 90) * 90
  return Math.abs(place.rotation - near) <= SNAP ? { ...place, rotation: normalTurn(near) } : place
}

/**
 * Fingers went from `before` to `after` (one or two points, in shares of the frame's width and height): one moves; of two the
 * middle moves, the distance scales, the angle turns.
 */
export function byFingers(place: Place, before: readonly Point[], after: readonly Point[]): Place {
  const [from, to] = [middle(before), middle(after)]
  const moved = moveBy(place, to.x - from.x, to.y - from.y)
  const [was, is] = [spanOf(before), spanOf(after)]
  if (!was || !is || was.length === 0) return moved
  const factor = is.length / was.length
  const turn = is.angle - was.angle
  // What lies under the fingers stays under them.
  const arm = rotated({ x: moved.x - to.x, y: (moved.y - to.y) * FRAME_RATIO }, turn, factor)
  return turnBy({ ...scaleBy(moved, factor), x: to.x + arm.x, y: to.y + arm.y / FRAME_RATIO }, turn)
}

const middle = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

function spanOf([a, b]: readonly Point[]): { length: number; angle: number } | undefined {
  if (!a || !b) return undefined
  const [dx, dy] = [b.x - a.x, (b.y - a.y) * FRAME_RATIO]
  return { length: Math.hypot(dx, dy), angle: (Math.atan2(dy, dx) * 180) / Math.PI }
}

function rotated({ x, y }: Point, degrees: number, factor: number): Point {
  const turn = (degrees * Math.PI) / 180
  return {
    x: (x * Math.cos(turn) - y * Math.sin(turn)) * factor,
    y: (x * Math.sin(turn) + y * Math.cos(turn)) * factor,
  }
}

/**
 * Within what it may do. `ratio`: height over width of its box. A sticker stays whole within the safe area, made smaller where it
 * has to be; a text or an emoji keeps its middle in the frame; the picture stays in sight.
 */
export function settle(kind: PlacedKind, place: Place, ratio: number): Place {
  const [least, most] = sizes[kind]
  const size = clamp(place.size, least, most)
  const bounded = { ...place, size, rotation: normalTurn(place.rotation) }
  if (kind === 'sticker') return withinSafeArea(bounded, ratio)
  const room = kind === 'picture' || kind === 'film' ? -0.2 : 0.04
  return { ...bounded, x: clamp(place.x, room, 1 - room), y: clamp(place.y, room, 1 - room) }
}

function withinSafeArea(place: Place, ratio: number): Place {
  const { left, right, top, bottom } = safeArea
  const turn = (place.rotation * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))]
  // Of the upright box around it, in shares of the frame's width and height, for a width of 1.
  const [across, down] = [cos + ratio * sin, (sin + ratio * cos) / FRAME_RATIO]
  const size = Math.min(place.size, (right - left) / across, (bottom - top) / down)
  const [halfX, halfY] = [(across * size) / 2, (down * size) / 2]
  return {
    ...place,
    size,
    x: clamp(place.x, left + halfX, right - halfX),
    y: clamp(place.y, top + halfY, bottom - halfY),
  }
}

/** So much may be cut off a picture that is to fill the frame by itself. */
const FILLS_BELOW = 1.35

/** A picture that nearly has the frame's shape fills it; any other is seen whole. */
export function firstPlace(size: Size | undefined): Place {
  const covering = size ? coverage(size) : 1
  return { x: 0.5, y: 0.5, size: covering <= FILLS_BELOW ? covering : 1, rotation: 0 }
}

/** How much a whole picture has to be enlarged to fill the frame. */
export function coverage({ width, height }: Size): number {
  const taller = height / width / FRAME_RATIO
  return Math.max(taller, 1 / taller)
}

/** The box of the picture, unturned, in shares of the frame's width; both sides. */
export function pictureBox({ width, height }: Size, zoom: number): Size {
  const whole = Math.min(1 / width, FRAME_RATIO / height)
  return { width: width * whole * zoom, height: height * whole * zoom }
}

const KEY_STEP = 0.03
const KEY_SCALE = 1.08
const KEY_TURN = 6
/** With Shift. */
const FINE = 1 / 6

/** What a key does to something: arrows move, plus and minus scale, brackets (or comma and point) turn. */
export function byKey(place: Place, key: string, fine: boolean): Place | undefined {
  const share = fine ? FINE : 1
  const step = KEY_STEP * share
  switch (key) {
    case 'ArrowLeft':
      return moveBy(place, -step, 0)
    case 'ArrowRight':
      return moveBy(place, step, 0)
    case 'ArrowUp':
      return moveBy(place, 0, -step / FRAME_RATIO)
    case 'ArrowDown':
      return moveBy(place, 0, step / FRAME_RATIO)
    case '+':
    case '=':
      return scaleBy(place, KEY_SCALE)
    case '-':
    case '_':
      return scaleBy(place, 1 / KEY_SCALE)
    case ']':
    case '.':
    case '}':
      return turnBy(place, KEY_TURN * share)
    case '[':
    case ',':
    case '{':
      return turnBy(place, -KEY_TURN * share)
  }
}
