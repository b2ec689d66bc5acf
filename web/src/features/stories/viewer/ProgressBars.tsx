import type { CSSProperties } from 'react'
import styles from './ProgressBars.module.css'

interface ProgressBarsProps {
  count: number
  at: number
  running: boolean
  /** Milliseconds of the one that is shown. */
  time: number
  /** Tells one story's bar from the next. */
  id: string
}

/** How far one is; decoration, as the story's name says it, too. */
export function ProgressBars({ count, at, running, time, id }: ProgressBarsProps) {
  return (
    <div className={styles.bars} aria-hidden style={{ '--time': `${time}ms` } as CSSProperties}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are their places
        <span key={index} className={styles.bar} data-past={index < at}>
          {index === at && <span key={id} className={styles.fill} data-running={running} />}
        </span>
      ))}
    </div>
  )
}
