import { Heart } from 'lucide-react'
import { type MouseEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import styles from './LikeArea.module.css'

interface LikeAreaProps {
  onLike: () => void
  /** A single tap or click, once it is clear that no second one follows. */
  onTap?: (() => void) | undefined
  children: (burst: ReactNode) => ReactNode
}

const DOUBLE_MS = 300
/** Two taps further apart than this are two taps. */
const NEAR_PX = 40

interface Tap {
  at: number
  x: number
  y: number
}

const isFar = (a: Tap, b: Tap): boolean => Math.hypot(a.x - b.x, a.y - b.y) > NEAR_PX

/** A double tap or double click on the picture likes it (never unlikes) and bursts a heart where it was touched. */
export function LikeArea({ onLike, onTap, children }: LikeAreaProps) {
  const last = useRef<Tap | null>(null)
  const down = useRef<Tap | null>(null)
  const single = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(single.current), [])
  const [burst, setBurst] = useState<(Tap & { id: number }) | null>(null)
  const like = (x: number, y: number, at: number) => {
    setBurst((known) => ({ x, y, at, id: (known?.id ?? 0) + 1 }))
    onLike()
  }
  const place = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { at: event.timeStamp, x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const handleUp = (event: PointerEvent) => {
    if (event.target instanceof Element && event.target.closest('button, a')) return
    if (event.pointerType === 'mouse' && event.button !== 0) return
    const tap = place(event)
    const before = last.current
    last.current = tap
    clearTimeout(single.current)
    if (!before || tap.at - before.at > DOUBLE_MS || isFar(tap, before)) {
      const isDrag = down.current && isFar(tap, down.current)
      if (onTap && !isDrag) single.current = setTimeout(onTap, DOUBLE_MS)
      return
    }
    last.current = null
    like(tap.x, tap.y, tap.at)
  }
  return (
    <div
      className={styles.area}
      onPointerDown={(event) => {
        down.current = place(event)
      }}
      onPointerUp={handleUp}
    >
      {children(
        burst && (
          <span
            key={burst.id}
            aria-hidden="true"
            className={styles.burst}
            style={{ left: burst.x, top: burst.y }}
            onAnimationEnd={() => setBurst(null)}
          >
            <Heart size={104} strokeWidth={0} fill="currentColor" />
          </span>
        ),
      )}
    </div>
  )
}
