import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { byFingers, type Point, snapTurn } from '../scene/place.ts'
import type { Place } from '../scene/scene.ts'

/** What fingers and the wheel can take hold of; `key` names it. */
export interface Target {
  key: string
  place: Place
  onPlace: (place: Place, stroke: string) => void
}

interface Gestures {
  /** What is taken hold of at an element of the frame. */
  targetAt: (element: Element) => Target | null
  onTake: (key: string) => void
  /** Down and up again in one place. `again`: it was taken hold of before already. */
  onTap: (key: string | null, point: Point) => void
  onRest: () => void
  /** Whether something is held. */
  onActive: (key: string | null) => void
}

/** Pixels that a tap may slip. */
const SLIP = 5
/** Wheels rest this long between two gestures. Milliseconds. */
const WHEEL_REST = 350

/** The first finger chooses what all of them move, scale and turn; the second may lie anywhere. */
export function useGestures(frame: RefObject<HTMLElement | null>, gestures: Gestures) {
  const pointers = useRef(new Map<number, Point>())
  /** Where it would be if nothing held it back, so that it comes along again where it got stuck. */
  const held = useRef<{ target: Target | null; raw: Place | null; start: Point; slipped: boolean } | null>(
    null,
  )
  useWheel(frame, gestures)

  const shares = (event: PointerEvent): Point => sharesOf(frame.current, event)
  const handleEnd = (event: PointerEvent) => {
    if (!pointers.current.delete(event.pointerId) || pointers.current.size > 0) return
    const { target, slipped } = held.current ?? {}
    held.current = null
    gestures.onActive(null)
    gestures.onRest()
    if (slipped === false && event.type === 'pointerup') gestures.onTap(target?.key ?? null, shares(event))
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || !(event.target instanceof Element)) return
      event.currentTarget.setPointerCapture?.(event.pointerId)
      if (pointers.current.size === 0) {
        const target = gestures.targetAt(event.target)
        const start = { x: event.clientX, y: event.clientY }
        held.current = { target, raw: target?.place ?? null, start, slipped: false }
        if (target) gestures.onTake(target.key)
      } else if (held.current) held.current.slipped = true
      pointers.current.set(event.pointerId, shares(event))
    },
    onPointerMove(event: PointerEvent) {
      const now = held.current
      if (!now || !pointers.current.has(event.pointerId)) return
      const before = [...pointers.current.values()]
      pointers.current.set(event.pointerId, shares(event))
      const { x, y } = now.start
      if (Math.hypot(event.clientX - x, event.clientY - y) > SLIP) now.slipped = true
      if (!now.slipped || !now.target || !now.raw) return
      gestures.onActive(now.target.key)
      now.raw = byFingers(now.raw, before, [...pointers.current.values()])
      now.target.onPlace(snapTurn(now.raw), 'drag')
    },
    onPointerUp: handleEnd,
    onPointerCancel: handleEnd,
  }
}

function sharesOf(
  frame: HTMLElement | null,
  { clientX, clientY }: { clientX: number; clientY: number },
): Point {
  const box = frame?.getBoundingClientRect()
  if (!box?.width || !box.height) return { x: 0.5, y: 0.5 }
  return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height }
}

/** The wheel scales, with Shift it turns. React listens to wheels passively, but the page behind must not scroll. */
function useWheel(frame: RefObject<HTMLElement | null>, gestures: Gestures): void {
  const now = useRef(gestures)
  useEffect(() => {
    now.current = gestures
  })
  useEffect(() => {
    const element = frame.current
    if (!element) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const handleWheel = (event: WheelEvent) => {
      event.preventDefault()
      const target = event.target instanceof Element && now.current.targetAt(event.target)
      if (!target) return
      // With Shift most browsers scroll across instead.
      const by = event.deltaY || event.deltaX
      const { place } = target
      const next = event.shiftKey
        ? { ...place, rotation: place.rotation + by * 0.1 }
        : { ...place, size: place.size * Math.exp(-by * (event.ctrlKey ? 0.01 : 0.0015)) }
      target.onPlace(next, 'wheel')
      clearTimeout(rest)
      rest = setTimeout(() => now.current.onRest(), WHEEL_REST)
    }
    element.addEventListener('wheel', handleWheel, { passive: false })
    return () => {
      clearTimeout(rest)
      element.removeEventListener('wheel', handleWheel)
    }
  }, [frame])
}
