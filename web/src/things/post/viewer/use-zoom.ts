import { useRef, useState } from 'react'
import { type Box, type Point, settle, whole, type Zoom, zoomAround } from './zoom.ts'

/** What a button and a key enlarge by. */
const STEP = 1.5
const MIDDLE: Point = { x: 0, y: 0 }

/** How much of one picture is seen, and what changes it. */
export function useZoom(picture: Box, stage: Box) {
  const [zoom, setZoom] = useState(whole)
  /** Fingers report more often than the page is drawn. */
  const now = useRef(whole)
  const change = (next: Zoom) => {
    now.current = next
    setZoom(next)
  }
  const rest = (next: Zoom) => change(settle(next, picture, stage))
  const zoomBy = (factor: number, around = MIDDLE) => {
    const from = now.current
    rest(zoomAround(from, settle({ ...from, scale: from.scale * factor }, picture, stage).scale, around))
  }
  const panBy = (x: number, y: number) => rest({ ...now.current, x: now.current.x + x, y: now.current.y + y })
  return {
    zoom,
    now,
    change,
    rest,
    zoomBy,
    panBy,
    zoomIn: () => zoomBy(STEP),
    zoomOut: () => zoomBy(1 / STEP),
    reset: () => change(whole),
  }
}

export type Zooming = ReturnType<typeof useZoom>
