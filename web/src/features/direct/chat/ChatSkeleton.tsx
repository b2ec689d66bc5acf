import { Skeleton } from '../../../ui/Skeleton.tsx'
import styles from './ChatSkeleton.module.css'

const widths = ['45%', '62%', '30%', '52%', '38%', '58%']

/** The shape of what was said. */
export function ChatSkeleton() {
  return (
    <div className={styles.still} aria-hidden>
      {widths.map((width, index) => (
        <span key={width} className={index % 3 === 1 ? styles.own : undefined} style={{ inlineSize: width }}>
          <Skeleton shape="box" height="38px" />
        </span>
      ))}
    </div>
  )
}
