import type { PostId } from '@tintype/contract'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { prefersStill } from '../../shell/viewport.ts'
import { isHeard, recallSound, setHeard } from '../../things/post/film/film-turns.ts'
import { t } from '../../things/reels/messages.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { savesData } from '../../ui/saves-data.ts'
import { Reel } from './Reel.tsx'
import styles from './Stage.module.css'
import { sendWatches } from './watch-queue.ts'

interface StageProps {
  label: string
  ids: readonly PostId[]
  /** Where one begins. */
  start: number
  hasMore: boolean
  onMore: () => void
}

/** So many after the one that is looked at are loaded ahead, and more are asked for when fewer are left. */
const AHEAD = 2
const BEHIND = 1

/** A column of screens that snaps to each; only those around the one that is looked at are drawn. */
export function Stage({ label, ids, start, hasMore, onMore }: StageProps) {
  const box = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState(start)
  const [ahead] = useState(() => (savesData() ? 0 : AHEAD))
  useLayoutEffect(() => {
    const element = box.current
    if (element) element.scrollTop = start * element.clientHeight
  }, [start])
  useEffect(() => {
    recallSound()
    return () => {
      sendWatches()
      isHeard.set(false)
    }
  }, [])
  useEffect(() => {
    if (hasMore && at >= ids.length - 1 - AHEAD) onMore()
  }, [hasMore, at, ids.length, onMore])
  const handleScroll = () => {
    const element = box.current
    if (element) setAt(Math.min(ids.length - 1, Math.round(element.scrollTop / element.clientHeight)))
  }
  const go = (step: 1 | -1) => {
    const element = box.current
    const to = Math.max(0, Math.min(ids.length - 1, at + step))
    element?.scrollTo({ top: to * element.clientHeight, behavior: prefersStill() ? 'instant' : 'smooth' })
  }
  useShortcuts({
    arrowdown: () => go(1),
    arrowup: () => go(-1),
    j: () => go(1),
    k: () => go(-1),
    m: () => setHeard(!isHeard.get()),
  })
  return (
    <>
      <div
        ref={box}
        className={styles.stage}
        role="feed"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard
        tabIndex={0}
        onScroll={handleScroll}
      >
        {ids.map((id, index) => (
          <article
            key={id}
            className={styles.place}
            data-reel={id}
            aria-posinset={index + 1}
            aria-setsize={hasMore ? -1 : ids.length}
          >
            {index >= at - BEHIND && index <= at + AHEAD && (
              <Reel postId={id} current={index === at} near={index > at && index <= at + ahead} />
            )}
          </article>
        ))}
      </div>
      <div className={styles.arrows}>
        <IconButton icon={ChevronUp} label={t('reels.previous')} disabled={at === 0} onPress={() => go(-1)} />
        <IconButton
          icon={ChevronDown}
          label={t('reels.next')}
          disabled={at >= ids.length - 1}
          onPress={() => go(1)}
        />
      </div>
    </>
  )
}
