import type { UserId } from '@tintype/contract'
import { Skeleton } from '../../ui/Skeleton.tsx'
import styles from './PeopleRows.module.css'

/** The shape of members to come. */
export function PeopleSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: still shapes
        <div key={index} className={styles.row}>
          <Skeleton shape="circle" width="44px" height="44px" />
          <div className={styles.lines}>
            <Skeleton width="120px" />
            <Skeleton width="84px" />
          </div>
        </div>
      ))}
    </div>
  )
}

export const keyOfUser = (id: UserId): string => id
export const estimateUser = (): number => 60
