import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { useComposerRequest } from './composer-slot.ts'

const found = import.meta.glob<{ default: ComponentType }>('../features/composer/ComposerHost.tsx')
const load = Object.values(found)[0]
const ComposerHost = load && lazy(load)

/** Brings the composer in when it is first asked for, and keeps it: it goes on posting after it was closed. */
export function ComposerSlot() {
  const wanted = useComposerRequest() !== null
  const [loaded, setLoaded] = useState(wanted)
  useEffect(() => {
    if (wanted) setLoaded(true)
  }, [wanted])
  if (!loaded || !ComposerHost) return null
  return (
    <Suspense fallback={null}>
      <ComposerHost />
    </Suspense>
  )
}
