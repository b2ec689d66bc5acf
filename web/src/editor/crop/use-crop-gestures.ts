import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { type Framing, pan, type Size, zoomTo } from './crop.ts'

interface Listeners {
  onFrame: (framing: Framing, stroke: string) => void
  onRest: () => void
  /** Whether a gesture is going on. */
  onActive: (active: boolean) => void
}

interface Point {
  x: number
  y: number
}

/** How much a key moves the picture, of the frame's size; with Shift a fine step. */
const KEY_STEP = 0.05
const FINE_STEP = 0.01
const KEY_ZOOM = 1.1
/** Wheels rest this long between two gestures. Milliseconds. */
const WHEEL_REST = 350

/** One finger or the mouse moves, two fingers pinch, the wheel zooms to the pointer, arrows and plus/minus do it by keys. */
export function useCropGestures(
  frame: RefObject<HTMLElement | null>,
  framing: Framing,
  size: Size,
  listeners: Listeners,
) {
  const now = useRef({ framing, size, listeners })
  const pointers = useRef(new Map<number, Point>())
  useEffect(() => {
    now.current = { framing, size, listeners }
  })
  useWheel(frame, now)

  const change = (next: Framing, stroke: string) => {
    now.current.framing = next
    listeners.onFrame(next, stroke)
  }
  const handlePointerMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId)
    const box = frame.current?.getBoundingClientRect()
    if (!before || !box) return
    const fingers = [...pointers.current.values()]
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const after = [...pointers.current.values()]
    change(moved(now.current.framing, size, box, fingers, after), 'drag')
  }
  const handlePointerEnd = (event: PointerEvent) => {
    if (!pointers.current.delete(event.pointerId) || pointers.current.size > 0) return
    listeners.onActive(false)
    listeners.onRest()
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      listeners.onActive(true)
    },
    onPointerMove: handlePointerMove,
    onPointerUp: handlePointerEnd,
    onPointerCancel: handlePointerEnd,
    onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const next = pressed(now.current.framing, size, event.key, event.shiftKey)
      if (!next) return
      event.preventDefault()
      change(next, 'keys')
    },
    onBlur: listeners.onRest,
  }
}

/** One point pans; of two, the middle pans and the distance zooms around it. */
function moved(framing: Framing, size: Size, box: DOMRect, before: Point[], after: Point[]): Framing {
  const [from, to] = [middle(before), middle(after)]
  const panned = pan(framing, size, (to.x - from.x) / box.width, (to.y - from.y) / box.height)
  const [spreadBefore, spreadAfter] = [spread(before), spread(after)]
  if (spreadBefore === 0 || spreadAfter === 0) return panned
  const anchor = { x: (to.x - box.left) / box.width, y: (to.y - box.top) / box.height }
  return zoomTo(panned, size, (panned.zoom * spreadAfter) / spreadBefore, anchor)
}

function pressed(framing: Framing, size: Size, key: string, fine: boolean): Framing | undefined {
  const step = fine ? FINE_STEP : KEY_STEP
  switch (key) {
    // The frame goes where the arrow points, so the picture goes the other way.
    case 'ArrowLeft':
      return pan(framing, size, step, 0)
    case 'ArrowRight':
      return pan(framing, size, -step, 0)
    case 'ArrowUp':
      return pan(framing, size, 0, step)
    case 'ArrowDown':
      return pan(framing, size, 0, -step)
    case '+':
    case '=':
      return zoomTo(framing, size, framing.zoom * KEY_ZOOM)
    case '-':
      return zoomTo(framing, size, framing.zoom / KEY_ZOOM)
    case '0':
      return zoomTo(framing, size, 1)
  }
}

/** React listens to wheels passively, but the page behind must not scroll. */
function useWheel(
  frame: RefObject<HTMLElement | null>,
  now: RefObject<{ framing: Framing; size: Size; listeners: Listeners }>,
) {
  useEffect(() => {
    const target = frame.current
    if (!target) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const handleWheel = (event: WheelEvent) => {
      event.preventDefault()
      const { framing, size, listeners } = now.current
      const box = target.getBoundingClientRect()
      const anchor = {
        x: (event.clientX - box.left) / box.width,
        y: (event.clientY - box.top) / box.height,
      }
      // Lines of a mouse wheel come as about 100, a trackpad's pinch as single digits with Ctrl.
      const zoom = framing.zoom * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015))
      now.current.framing = zoomTo(framing, size, zoom, anchor)
      listeners.onFrame(now.current.framing, 'wheel')
      listeners.onActive(true)
      clearTimeout(rest)
      rest = setTimeout(() => {
        listeners.onActive(false)
        listeners.onRest()
      }, WHEEL_REST)
    }
    target.addEventListener('wheel', handleWheel, { passive: false })
    return () => {
      clearTimeout(rest)
      target.removeEventListener('wheel', handleWheel)
    }
  }, [frame, now])
}

const middle = (points: Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
})

function spread([a, b]: Point[]): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
}
