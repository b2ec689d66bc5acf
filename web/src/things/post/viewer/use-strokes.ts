import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useWheel } from './use-wheel.ts'
import type { Zooming } from './use-zoom.ts'
import { type Box, doubleTapScale, fitted, moved, type Point, settle, zoomAround } from './zoom.ts'

interface Listeners {
  /** The picture was pushed beyond its edge: -1 for the one before, 1 for the next. */
  onTurn: (step: number) => void
  /** Swiped down. */
  onClose: () => void
}

const DOUBLE_MS = 300
/** Within it a finger rests; two taps closer than this are one double tap. */
const STILL_PX = 10
const NEAR_PX = 40
/** Down this far closes; beyond the edge this far turns. */
const CLOSE_PX = 110
const TURN_PX = 90
/** While fingers are down a picture may be this small. */
const SMALLEST = 0.6

/** From the first finger down to the last one up. */
interface Stroke {
  start: Point
  at: number
  isTap: boolean
  isPinch: boolean
  /** How far down a whole picture was pulled, and how far an enlarged one beyond its edge. */
  pull: number
  beyond: number
}

/** One finger moves and pulls down, two pinch, a double tap enlarges where it is. */
export function useStrokes(
  stage: RefObject<HTMLElement | null>,
  zooming: Zooming,
  picture: Box,
  size: Box,
  listeners: Listeners,
) {
  const [pull, setPull] = useState(0)
  /** While fingers are down the picture follows them; else it moves there by itself. */
  const [held, setHeld] = useState(false)
  const pointers = useRef(new Map<number, Point>())
  const stroke = useRef<Stroke | null>(null)
  const handleTap = useDoubleTap(zooming, picture, size)
  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = stage.current?.getBoundingClientRect() ?? new DOMRect()
    return { x: clientX - box.left - size.width / 2, y: clientY - box.top - size.height / 2 }
  }
  useWheel(stage, zooming, placeOf)
  useTwoFingers(stage)
  const { now, change, rest } = zooming

  const drag = (current: Stroke, before: readonly Point[], after: readonly Point[]) => {
    const next = moved(now.current, before, after)
    if (current.isPinch) return change({ ...next, scale: Math.max(SMALLEST, next.scale) })
    if (now.current.scale > 1) {
      const settled = settle(next, picture, size)
      current.beyond += next.x - settled.x
      return change(settled)
    }
    current.pull = pulled(current, after[0])
    setPull(current.pull)
  }
  const end = (event: PointerEvent, isDone: boolean) => {
    if (!pointers.current.delete(event.pointerId) || pointers.current.size > 0) return
    const last = stroke.current
    stroke.current = null
    setHeld(false)
    setPull(0)
    rest(now.current)
    if (!last || !isDone) return
    if (last.pull > CLOSE_PX) listeners.onClose()
    else if (Math.abs(last.beyond) > TURN_PX) listeners.onTurn(last.beyond > 0 ? -1 : 1)
    else if (last.isTap && event.timeStamp - last.at < DOUBLE_MS) handleTap(last.start, event.timeStamp)
  }
  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return
      const start = placeOf(event)
      pointers.current.set(event.pointerId, start)
      if (event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId)
      const begun = { start, at: event.timeStamp, isTap: true, isPinch: false, pull: 0, beyond: 0 }
      stroke.current = stroke.current ? { ...stroke.current, isTap: false, isPinch: true, pull: 0 } : begun
      setHeld(true)
      setPull(0)
    },
    onPointerMove(event: PointerEvent) {
      const current = stroke.current
      if (!current || !pointers.current.has(event.pointerId)) return
      const before = [...pointers.current.values()]
      const point = placeOf(event)
      pointers.current.set(event.pointerId, point)
      if (distance(point, current.start) > STILL_PX) current.isTap = false
      drag(current, before, [...pointers.current.values()])
    },
    onPointerUp: (event: PointerEvent) => end(event, true),
    // The browser took the gesture over, to scroll to a neighbour.
    onPointerCancel: (event: PointerEvent) => end(event, false),
  }
  return { pull, held, handlers }
}

function pulled({ start, pull }: Stroke, point: Point | undefined): number {
  if (!point) return pull
  const down = point.y - start.y
  const isDown = pull > 0 || (down > STILL_PX && down > Math.abs(point.x - start.x))
  return isDown ? Math.max(0, down) : 0
}

function useDoubleTap({ now, rest, reset }: Zooming, picture: Box, size: Box) {
  const last = useRef<(Point & { at: number }) | null>(null)
  return (tap: Point, at: number) => {
    const before = last.current
    const isDouble = before && at - before.at < DOUBLE_MS && distance(tap, before) < NEAR_PX
    last.current = isDouble ? null : { ...tap, at }
    if (!isDouble) return
    if (now.current.scale > 1) return reset()
    rest(zoomAround(now.current, doubleTapScale(picture, fitted(picture, size), size), tap))
  }
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** A single finger to the side scrolls to the neighbour, which the browser does best; two never scroll. */
function useTwoFingers(stage: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const target = stage.current
    const keep = (event: TouchEvent) => {
      if (event.touches.length > 1 && event.cancelable) event.preventDefault()
    }
    target?.addEventListener('touchstart', keep, { passive: false })
    target?.addEventListener('touchmove', keep, { passive: false })
    return () => {
      target?.removeEventListener('touchstart', keep)
      target?.removeEventListener('touchmove', keep)
    }
  }, [stage])
}
