import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

interface EmptyStateProps {
  /** A drawing of `ui/drawings`. */
  drawing: ReactNode
  title: string
  text?: string
  /** The one next step. */
  action?: ReactNode
  /** The only heading of its page. */
  main?: boolean
}

/** What this place is for, and the one next step. */
export function EmptyState({ drawing, title, text, action, main }: EmptyStateProps) {
  const Heading = main ? 'h1' : 'h2'
  return (
    <div className={styles.empty}>
      <div className={styles.drawing}>{drawing}</div>
      <Heading className={styles.title}>{title}</Heading>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
