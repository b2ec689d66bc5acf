import { type PointerEvent, useEffect, useRef } from 'react'

const HELD_MS = 450
/** Px that a finger may tremble. */
const SLOP = 10

/** A finger held still; a mouse has buttons of its own for that. */
export function useLongPress(onHeld: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const from = useRef({ x: 0, y: 0 })
  const stop = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    onPointerDown: ({ pointerType, clientX, clientY }: PointerEvent) => {
      if (pointerType === 'mouse') return
      from.current = { x: clientX, y: clientY }
      stop()
      timer.current = setTimeout(onHeld, HELD_MS)
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      if (Math.hypot(clientX - from.current.x, clientY - from.current.y) > SLOP) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  }
}
