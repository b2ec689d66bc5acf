import { type RefObject, useEffect, useRef } from 'react'
import type { Zooming } from './use-zoom.ts'
import type { Point } from './zoom.ts'

/** A mouse wheel moves in steps, a trackpad by a few pixels at a time. */
const WHEEL_STEP_PX = 50

/** A wheel, and two fingers apart on a trackpad, enlarge where they point; two side by side move what is enlarged. */
export function useWheel(
  stage: RefObject<HTMLElement | null>,
  { now, zoomBy, panBy }: Zooming,
  placeOf: (event: WheelEvent) => Point,
) {
  const handle = (event: WheelEvent): boolean => {
    const { deltaX, deltaY } = event
    if (event.ctrlKey) zoomBy(Math.exp(-deltaY * 0.01), placeOf(event))
    else if (deltaX === 0 && Math.abs(deltaY) >= WHEEL_STEP_PX)
      zoomBy(Math.exp(-deltaY * 0.0025), placeOf(event))
    else if (now.current.scale > 1) panBy(-deltaX, -deltaY)
    // To the side the row scrolls to the neighbour by itself.
    else return Math.abs(deltaX) < Math.abs(deltaY)
    return true
  }
  const latest = useRef(handle)
  useEffect(() => {
    latest.current = handle
  })
  // React listens passively, where nothing can be prevented.
  useEffect(() => {
    const target = stage.current
    const listen = (event: WheelEvent) => {
      if (latest.current(event)) event.preventDefault()
    }
    target?.addEventListener('wheel', listen, { passive: false })
    return () => target?.removeEventListener('wheel', listen)
  }, [stage])
}
