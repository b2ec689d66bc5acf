/** How a picture lies on its stage: enlarged around the middle, then moved. `scale` 1 is the whole picture. */
export interface Zoom {
  scale: number
  /** Of the picture's middle from the stage's, in CSS pixels. */
  x: number
  y: number
}

export interface Box {
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

export const whole: Zoom = { scale: 1, x: 0, y: 0 }

/** Every picture can be enlarged at least this much, and until its pixels are twice as large as the screen's. */
const AT_LEAST = 3
const PIXEL = 2
/** What a double tap enlarges by, where filling the stage would take less. */
const DOUBLE_TAP = 2.5

/** The largest size at which all of the picture is on the stage. */
export function fitted(picture: Box, stage: Box): Box {
  const factor = Math.min(stage.width / picture.width, stage.height / picture.height)
  return { width: Math.max(1, picture.width * factor), height: Math.max(1, picture.height * factor) }
}

/** How much larger the whole picture would have to be to leave no bars: hundreds of times, for a thread of a picture. */
const covering = (fit: Box, stage: Box): number =>
  Math.max(stage.width / fit.width, stage.height / fit.height)

export const maxScale = (picture: Box, fit: Box, stage: Box): number =>
  Math.max(AT_LEAST, covering(fit, stage), (picture.width / fit.width) * PIXEL)

export const doubleTapScale = (picture: Box, fit: Box, stage: Box): number =>
  Math.min(maxScale(picture, fit, stage), Math.max(DOUBLE_TAP, covering(fit, stage)))

/** Within its limits, and no edge of the picture further in than the stage's, unless the picture is smaller there. */
export function settle({ scale, x, y }: Zoom, picture: Box, stage: Box): Zoom {
  const fit = fitted(picture, stage)
  const settled = Math.min(maxScale(picture, fit, stage), Math.max(1, scale))
  const room = (length: number, of: number) => Math.max(0, (length * settled - of) / 2)
  const within = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value))
  return {
    scale: settled,
    x: within(x, room(fit.width, stage.width)) + 0,
    y: within(y, room(fit.height, stage.height)) + 0,
  }
}

/** Enlarged so that what lies under `point`, counted from the stage's middle, stays there. */
export function zoomAround(zoom: Zoom, scale: number, point: Point): Zoom {
  const by = scale / zoom.scale
  return { scale, x: point.x - (point.x - zoom.x) * by, y: point.y - (point.y - zoom.y) * by }
}

/** What fingers do from one moment to the next: their middle moves the picture, their distance enlarges it. */
export function moved(zoom: Zoom, before: readonly Point[], after: readonly Point[]): Zoom {
  const [from, to] = [middle(before), middle(after)]
  const panned = { ...zoom, x: zoom.x + to.x - from.x, y: zoom.y + to.y - from.y }
  const [spreadBefore, spreadAfter] = [spread(before), spread(after)]
  if (spreadBefore === 0 || spreadAfter === 0) return panned
  return zoomAround(panned, (panned.scale * spreadAfter) / spreadBefore, to)
}

const middle = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

const spread = ([a, b]: readonly Point[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0)
