import { type PointerEvent, type RefObject, useState } from 'react'
import { dropIndex, reorder } from '../draft/reorder.ts'

interface Drag {
  from: number
  to: number
  /** Pixels the item was dragged. */
  by: number
}

/** A mouse drags at once, after this many pixels; a finger first rests, so that the strip can still be scrolled. */
const SLACK = 6
const HOLD = 280

/** Dragging along a strip: the dragged item follows the pointer, the others make room, and on release it stays there. */
export function useDragReorder(
  list: RefObject<HTMLElement | null>,
  count: number,
  onMove: (from: number, to: number) => void,
) {
  const [drag, setDrag] = useState<Drag | null>(null)

  const start = (event: PointerEvent<HTMLElement>, from: number) => {
    if (event.button !== 0 || count < 2) return
    const items = [...(list.current?.children ?? [])]
      .slice(0, count)
      .map((item) => item.getBoundingClientRect())
    const middles = items.map(({ left, width }) => left + width / 2)
    follow(event, {
      drag: (by) => {
        const to = dropIndex(middles, from, (middles[from] ?? 0) + by)
        setDrag({ from, to, by })
        return to
      },
      drop: (to) => {
        setDrag(null)
        if (to !== undefined && to !== from) onMove(from, to)
      },
    })
  }

  const shiftOf = (index: number): number => {
    if (!drag) return 0
    if (index === drag.from) return drag.by
    const order = reorder(
      Array.from({ length: count }, (_, place) => place),
      drag.from,
      drag.to,
    )
    return (order.indexOf(index) - index) * pitch(list.current)
  }

  return { start, shiftOf, from: drag?.from ?? null }
}

/** From one item to the next, in pixels. */
function pitch(list: HTMLElement | null): number {
  const [first, second] = list?.children ?? []
  if (!(first instanceof HTMLElement && second instanceof HTMLElement)) return 0
  return second.offsetLeft - first.offsetLeft
}

interface Follower {
  drag: (by: number) => number
  /** Undefined where nothing was dragged, or the drag was broken off. */
  drop: (to: number | undefined) => void
}

function follow(
  { pointerId, pointerType, clientX, currentTarget }: PointerEvent<HTMLElement>,
  follower: Follower,
) {
  let to: number | undefined
  let isDragging = false
  const begin = () => {
    isDragging = true
    currentTarget.setPointerCapture(pointerId)
  }
  const isMouse = pointerType === 'mouse'
  const hold = isMouse ? undefined : setTimeout(begin, HOLD)
  const handleMove = (event: globalThis.PointerEvent) => {
    if (event.pointerId !== pointerId) return
    const by = event.clientX - clientX
    if (!isDragging && Math.abs(by) > SLACK) {
      if (!isMouse) return finish(undefined)
      begin()
    }
    if (isDragging) to = follower.drag(by)
  }
  const handleUp = () => finish(to)
  const handleCancel = () => finish(undefined)
  // A finger that holds an item must not scroll the strip.
  const handleTouch = (event: TouchEvent) => {
    if (isDragging) event.preventDefault()
  }
  const handleClick = (event: MouseEvent) => event.stopPropagation()
  const finish = (place: number | undefined) => {
    clearTimeout(hold)
    currentTarget.removeEventListener('touchmove', handleTouch)
    removeEventListener('pointermove', handleMove)
    removeEventListener('pointerup', handleUp)
    removeEventListener('pointercancel', handleCancel)
    // The release of a drag is not a click.
    if (isDragging) currentTarget.addEventListener('click', handleClick, { once: true, capture: true })
    setTimeout(() => currentTarget.removeEventListener('click', handleClick, { capture: true }))
    follower.drop(place)
  }
  currentTarget.addEventListener('touchmove', handleTouch, { passive: false })
  addEventListener('pointermove', handleMove)
  addEventListener('pointerup', handleUp)
  addEventListener('pointercancel', handleCancel)
}
