import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react'
import { clamp, FRAME_RATIO, type Point } from '../scene/place.ts'
import type { Stroke } from '../scene/scene.ts'
import type { Pen } from './pen.ts'

/** Shares of the frame's width; nearer points say nothing new. */
const NEAR = 0.003
const KEY_STEP = 0.02

/** A line while it is drawn: by finger or mouse, or by keys, where Space puts the pen down and lifts it. */
export function useDrawing(
  frame: RefObject<HTMLElement | null>,
  pen: Pen,
  onStroke: (stroke: Stroke) => void,
) {
  const [live, setLive] = useState<Stroke | null>(null)
  /** Where the pen of the keyboard is; null until keys are used. */
  const [cursor, setCursor] = useState<Point | null>(null)
  const drawing = useRef<{ pointer: number | null; points: number[] } | null>(null)

  const add = ({ x, y }: Point) => {
    const { points } = drawing.current ?? {}
    if (!points) return
    const [lastX, lastY] = points.slice(-2)
    const isFar =
      lastX === undefined || lastY === undefined || Math.hypot(x - lastX, (y - lastY) * FRAME_RATIO) >= NEAR
    if (!isFar) return
    points.push(x, y)
    setLive({ ...pen, points: [...points] })
  }
  const end = () => {
    const { points } = drawing.current ?? {}
    drawing.current = null
    setLive(null)
    if (points?.length) onStroke({ ...pen, points: points.map((value) => Math.round(value * 1e4) / 1e4) })
  }
  const pointOf = (event: PointerEvent): Point => {
    const box = frame.current?.getBoundingClientRect()
    if (!box?.width || !box.height) return { x: 0.5, y: 0.5 }
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
  }
  const handleEnd = (event: PointerEvent) => {
    if (drawing.current?.pointer === event.pointerId) end()
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    const at = cursor ?? { x: 0.5, y: 0.5 }
    const next = stepped(at, event)
    if (event.key === ' ') {
      setCursor(at)
      if (drawing.current) end()
      else {
        drawing.current = { pointer: null, points: [] }
        add(at)
      }
    } else if (next) {
      setCursor(next)
      add(next)
    } else return
    event.preventDefault()
  }
  return {
    live,
    cursor,
    isDown: live !== null,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0 || drawing.current) return
        event.currentTarget.setPointerCapture?.(event.pointerId)
        drawing.current = { pointer: event.pointerId, points: [] }
        setCursor(null)
        add(pointOf(event))
      },
      onPointerMove(event: PointerEvent) {
        if (drawing.current?.pointer !== event.pointerId) return
        const { nativeEvent } = event
        // All that the finger passed since the last frame.
        const passed = nativeEvent.getCoalescedEvents?.() ?? []
        if (passed.length === 0) add(pointOf(event))
        for (const one of passed) add(pointOf(one as unknown as PointerEvent))
      },
      onPointerUp: handleEnd,
      onPointerCancel: handleEnd,
      onKeyDown: handleKeyDown,
      onBlur: () => drawing.current?.pointer === null && end(),
    },
  }
}

const directions: Record<string, [dx: number, dy: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function stepped({ x, y }: Point, { key, shiftKey }: KeyboardEvent): Point | undefined {
  const [dx, dy] = directions[key] ?? [0, 0]
  const step = shiftKey ? KEY_STEP / 4 : KEY_STEP
  return dx || dy
    ? { x: clamp(x + dx * step, 0, 1), y: clamp(y + (dy * step) / FRAME_RATIO, 0, 1) }
    : undefined
}
