import { Skeleton } from '../../ui/Skeleton.tsx'
import styles from './GridSkeleton.module.css'

export function GridSkeleton({ tiles = 9, ratio = 1 }: { tiles?: number; ratio?: number }) {
  return (
    <div className={styles.grid} aria-busy="true">
      {Array.from({ length: tiles }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: still shapes
        <Skeleton key={index} shape="box" ratio={ratio} />
      ))}
    </div>
  )
}
