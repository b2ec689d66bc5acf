import { Skeleton } from '../../ui/Skeleton.tsx'
import styles from './FeedSkeleton.module.css'

/** Cards to come. */
export function FeedSkeleton({ posts = 2 }: { posts?: number }) {
  return (
    <div aria-busy="true">
      {Array.from({ length: posts }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: still shapes
        <div key={index} className={styles.card}>
          <div className={styles.head}>
            <Skeleton shape="circle" width="40px" height="40px" />
            <div className={styles.lines}>
              <Skeleton width="130px" />
              <Skeleton width="80px" />
            </div>
          </div>
          <Skeleton shape="box" ratio={1} />
          <div className={styles.foot}>
            <Skeleton width="90px" />
            <Skeleton width="70%" />
          </div>
        </div>
      ))}
    </div>
  )
}
