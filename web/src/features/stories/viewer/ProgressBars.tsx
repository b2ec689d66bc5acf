import type { CSSProperties } from 'react'
import styles from './ProgressBars.module.css'
import { STORY_MS } from './use-story-clock.ts'

interface ProgressBarsProps {
  count: number
  at: number
  running: boolean
  /** Tells one story's bar from the next. */
  id: string
}

/** How far one is; decoration, as the story's name says it, too. */
export function ProgressBars({ count, at, running, id }: ProgressBarsProps) {
  return (
    <div className={styles.bars} aria-hidden style={{ '--time': `${STORY_MS}ms` } as CSSProperties}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are their places
        <span key={index} className={styles.bar} data-past={index < at}>
          {index === at && <span key={id} className={styles.fill} data-running={running} />}
        </span>
      ))}
    </div>
  )
}
