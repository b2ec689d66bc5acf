import { Skeleton } from '../../../ui/Skeleton.tsx'
import styles from './ConversationRow.module.css'

/** The shape of conversations to come. */
export function InboxSkeleton({ rows }: { rows: number }) {
  return (
    <div>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: still shapes
        <div key={index} className={styles.still}>
          <Skeleton shape="circle" width="56px" height="56px" />
          <div className={styles.lines}>
            <Skeleton width="128px" />
            <Skeleton width="180px" />
          </div>
        </div>
      ))}
    </div>
  )
}
