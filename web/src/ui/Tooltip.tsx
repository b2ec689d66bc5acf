import type { ReactNode } from 'react'
import styles from './Tooltip.module.css'

interface TooltipProps {
  /** What the child is called already: the bubble repeats it for the eye and is hidden from screen readers. */
  label: string
  side?: 'top' | 'end'
  children: ReactNode
}

/** The name of an icon on hover and on keyboard focus; CSS alone, so it costs nothing until seen. */
export function Tooltip({ label, side = 'top', children }: TooltipProps) {
  return (
    <span className={styles.anchor}>
      {children}
      <span aria-hidden className={side === 'end' ? styles.end : styles.top}>
        {label}
      </span>
    </span>
  )
}
