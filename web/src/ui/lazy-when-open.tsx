import { type ComponentType, lazy, Suspense, useState } from 'react'

/** After the first screen has come to rest. */
const WARM_UP_MS = 2500

/**
 * A dialog that is fetched when it is first opened, or while the page is idle, whichever comes first: what nobody
 * looks at does not delay the first picture.
 */
export function lazyWhenOpen<P extends { open: boolean }>(
  load: () => Promise<{ default: ComponentType<P> }>,
) {
  const Panel = lazy(load)
  if (typeof window !== 'undefined') setTimeout(() => void load().catch(() => undefined), WARM_UP_MS)
  return function WhenOpen(props: P) {
    const [wanted, setWanted] = useState(props.open)
    if (props.open && !wanted) setWanted(true)
    return (
      wanted && (
        <Suspense fallback={null}>
          <Panel {...props} />
        </Suspense>
      )
    )
  }
}
