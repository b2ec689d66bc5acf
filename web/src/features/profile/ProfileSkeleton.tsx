import { GridSkeleton } from '../../things/grid/GridSkeleton.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import styles from './ProfileHead.module.css'

export function ProfileSkeleton() {
  return (
    <>
      <div className={styles.head} aria-busy="true">
        <div className={styles.picture}>
          <span className={styles.blank}>
            <Skeleton shape="circle" width="100%" height="100%" />
          </span>
        </div>
        <div className={styles.top}>
          <Skeleton width="180px" height="28px" />
        </div>
        <div className={styles.numbers}>
          <Skeleton width="70%" height="20px" />
        </div>
        <div className={styles.words}>
          <Skeleton width="140px" />
          <Skeleton width="220px" />
        </div>
      </div>
      <GridSkeleton />
    </>
  )
}
