import { useState, useSyncExternalStore } from 'react'
import { firstPaint, useFirstPaint } from './first-paint.ts'
import { dateFormat, relativeTime } from './relative-time.ts'

const EXACT = { dateStyle: 'long', timeStyle: 'short' } as const
const MINUTE = 60_000

const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined
let now = Date.now()

/** One clock for every time on the page; it stands still while none is shown. */
function subscribe(listener: () => void) {
  listeners.add(listener)
  now = Date.now()
  ticking ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, MINUTE)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** `5m`, `3d`, `12 March`; the exact moment on hover. */
export function RelativeTime({ at }: { at: string }) {
  const clock = useSyncExternalStore(
    subscribe,
    () => now,
    () => now,
  )
  // The server knows neither the reader's zone nor their clock.
  const isFirstPaint = useFirstPaint()
  const [isAsked, setIsAsked] = useState(false)
  const date = new Date(at)
  return (
    <time
      dateTime={at}
      title={isAsked ? dateFormat(EXACT).format(date) : undefined}
      onPointerEnter={() => setIsAsked(true)}
    >
      {isFirstPaint ? relativeTime(date, firstPaint.now, true) : relativeTime(date, clock)}
    </time>
  )
}
