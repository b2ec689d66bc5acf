import { type PointerEvent, useRef, useState } from 'react'

interface Gestures {
  onBefore: () => void
  onNext: () => void
  /** To the author before (-1) or after (1). */
  onTurn: (step: number) => void
  onClose: () => void
}

/** Resting longer than this holds; a tap is shorter. Milliseconds. */
const HOLD_MS = 250
/** Within it a finger rests; farther is a swipe. CSS pixels. */
const STILL_PX = 12
const TURN_PX = 60
const CLOSE_PX = 110
/** The share of the width that leads back. */
const BACK = 1 / 3

interface Stroke {
  x: number
  y: number
  at: number
}

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, form, label') !== null

/** A tap turns, resting holds, a swipe to the side changes the author, one down closes. */
export function useStoryGestures({ onBefore, onNext, onTurn, onClose }: Gestures) {
  const stroke = useRef<Stroke | null>(null)
  const [held, setHeld] = useState(false)
  const [pull, setPull] = useState(0)
  const end = () => {
    stroke.current = null
    setHeld(false)
    setPull(0)
  }
  const handleUp = (event: PointerEvent<HTMLElement>) => {
    const begun = stroke.current
    end()
    if (!begun) return
    const across = event.clientX - begun.x
    const down = event.clientY - begun.y
    if (down > CLOSE_PX && down > Math.abs(across)) return onClose()
    if (Math.abs(across) > TURN_PX && Math.abs(across) > Math.abs(down)) return onTurn(across > 0 ? -1 : 1)
    if (Math.hypot(across, down) > STILL_PX || event.timeStamp - begun.at > HOLD_MS) return
    const box = event.currentTarget.getBoundingClientRect()
    if (event.clientX - box.left < box.width * BACK) onBefore()
    else onNext()
  }
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0 || !event.isPrimary || isControl(event.target)) return
      event.currentTarget.setPointerCapture?.(event.pointerId)
      stroke.current = { x: event.clientX, y: event.clientY, at: event.timeStamp }
      setHeld(true)
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!stroke.current) return
      const down = event.clientY - stroke.current.y
      setPull(down > STILL_PX && down > Math.abs(event.clientX - stroke.current.x) ? down : 0)
    },
    onPointerUp: handleUp,
    onPointerCancel: end,
    // A long press on a phone would offer to save the picture.
    onContextMenu: (event: { preventDefault: () => void }) => event.preventDefault(),
  }
  return { held, pull, handlers }
}
