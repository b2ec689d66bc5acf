import { Skeleton } from '../../ui/Skeleton.tsx'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import styles from './PostSpread.module.css'

export function PostSpreadSkeleton() {
  return (
    <div className={styles.spread} style={{ '--ratio': 1 }} aria-busy="true">
      <div className={styles.plate} />
      <div className={styles.waiting}>
        <PeopleSkeleton rows={4} />
        <Skeleton width="60%" />
      </div>
    </div>
  )
}
