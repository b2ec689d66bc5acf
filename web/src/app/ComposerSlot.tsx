import { lazy, Suspense, useState } from 'react'
import { type StoredName, useStored } from '../data/storage.ts'
import { useComposerRequest, useStoryComposerRequest } from '../shell/composer-slot.ts'
import styles from './ComposerSlot.module.css'

const ComposerHost = lazy(() => import('../features/composer/ComposerHost.tsx'))
const StoryComposerHost = lazy(() => import('../features/story-composer/StoryComposerHost.tsx'))

/** The composers of posts and of stories, and in one column what of both is on its way. */
export function ComposerSlot() {
  const post = useLoaded(useComposerRequest() !== null, 'tintype.sharing')
  const story = useLoaded(useStoryComposerRequest() !== null, 'tintype.sharing-story')
  return (
    <div className={styles.chips}>
      <Suspense fallback={null}>{post && <ComposerHost />}</Suspense>
      <Suspense fallback={null}>{story && <StoryComposerHost />}</Suspense>
    </div>
  )
}

/**
 * Brings a composer in when it is first asked for, or to go on with what was still on its way when the page was left; and
 * keeps it: it goes on posting after it was closed.
 */
function useLoaded(wanted: boolean, mark: StoredName): boolean {
  const sharing = useStored(mark) !== null
  const [loaded, setLoaded] = useState(false)
  if (!loaded && (wanted || sharing)) setLoaded(true)
  return loaded
}
