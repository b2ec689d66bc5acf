import type { ReactNode } from 'react'
import styles from './VisuallyHidden.module.css'

/** Text for screen readers alone. `live` announces changes politely. */
export function VisuallyHidden({ children, live }: { children: ReactNode; live?: boolean }) {
  return (
    <span className={styles.hidden} role={live ? 'status' : undefined}>
      {children}
    </span>
  )
}
