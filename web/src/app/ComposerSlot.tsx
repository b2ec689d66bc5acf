import { lazy, Suspense, useState } from 'react'
import { useStored } from '../data/storage.ts'
import { useComposerRequest } from '../shell/composer-slot.ts'

const ComposerHost = lazy(() => import('../features/composer/ComposerHost.tsx'))

/**
 * Brings the composer in when it is first asked for, or to go on with a post that was still on its way when the page was
 * left; and keeps it: it goes on posting after it was closed.
 */
export function ComposerSlot() {
  const wanted = useComposerRequest() !== null
  const sharing = useStored('tintype.sharing') !== null
  const [loaded, setLoaded] = useState(false)
  if (!loaded && (wanted || sharing)) setLoaded(true)
  if (!loaded) return null
  return (
    <Suspense fallback={null}>
      <ComposerHost />
    </Suspense>
  )
}
