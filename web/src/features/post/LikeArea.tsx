import { Heart } from 'lucide-react'
import { type MouseEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import styles from './LikeArea.module.css'

interface LikeAreaProps {
  onLike: () => void
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

/** A double tap or double click on the picture likes it (never unlikes) and bursts a heart where it was touched. */
export function LikeArea({ onLike, children }: LikeAreaProps) {
  const last = useRef<Tap | null>(null)
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
    if (event.target instanceof Element && event.target.closest('button')) return
    if (event.pointerType === 'mouse' && event.button !== 0) return
    const tap = place(event)
    const before = last.current
    last.current = tap
    if (!before || tap.at - before.at > DOUBLE_MS) return
    if (Math.hypot(tap.x - before.x, tap.y - before.y) > NEAR_PX) return
    last.current = null
    like(tap.x, tap.y, tap.at)
  }
  return (
    <div className={styles.area} onPointerUp={handleUp}>
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
