import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { useFirstPaint } from './first-paint.ts'
import { savesData } from './saves-data.ts'

/** After the first screen has come to rest. */
const WARM_UP_MS = 2500

type Load<P> = () => Promise<{ default: ComponentType<P> }>

/**
 * A dialog that is fetched when it is first opened, or before, while the page that can open it is idle: what nobody looks
 * at does not delay the first picture, and what nobody can open is not fetched at all.
 */
export function lazyWhenOpen<P extends { open: boolean }>(load: Load<P>) {
  const Panel = lazy(load)
  let warm = false
  return function WhenOpen(props: P) {
    const [wanted, setWanted] = useState(false)
    const isFirstPaint = useFirstPaint()
    if (props.open && !wanted && !isFirstPaint) setWanted(true)
    useEffect(() => {
      if (warm || savesData()) return
      return whenIdle(() => {
        if (warm) return
        warm = true
        void load().catch(() => undefined)
      })
    }, [])
    return (
      wanted && (
        <Suspense fallback={null}>
          <Panel {...props} />
        </Suspense>
      )
    )
  }
}

function whenIdle(act: () => void): () => void {
  let idle: number | undefined
  const timer = setTimeout(() => {
    // Safari has no such callback.
    if ('requestIdleCallback' in window) idle = requestIdleCallback(act)
    else act()
  }, WARM_UP_MS)
  return () => {
    clearTimeout(timer)
    if (idle !== undefined) cancelIdleCallback(idle)
  }
}
