import { classes } from './classes.ts'
import styles from './Skeleton.module.css'

interface SkeletonProps {
  shape?: 'line' | 'circle' | 'box'
  /** CSS lengths; a line is 12 px high unless told. */
  width?: string
  height?: string
  ratio?: number
}

/** A still shape of what comes; decoration, so screen readers hear only the container's "loading". */
export function Skeleton({ shape = 'line', width, height, ratio }: SkeletonProps) {
  return (
    <span
      aria-hidden="true"
      className={classes(styles.skeleton, styles[shape])}
      style={{ inlineSize: width, blockSize: height, aspectRatio: ratio }}
    />
  )
}
