import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'

interface FieldProps {
  label: string
  /** What is wrong with it, announced when it appears. */
  error?: string | undefined
  hint?: ReactNode
  /** Count shown at the end, such as `12 / 150`. */
  count?: string | undefined
  children: (ids: { id: string; describedBy: string | undefined; invalid: true | undefined }) => ReactNode
}

/** Label above, message below, tied to the control by id. */
export function Field({ label, error, hint, count, children }: FieldProps) {
  const id = useId()
  const describedBy = error || hint ? `${id}-note` : undefined
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {count && <span className={styles.count}>{count}</span>}
      </div>
      {children({ id, describedBy, invalid: error ? true : undefined })}
      <div id={`${id}-note`} aria-live="polite" className={error ? styles.error : styles.hint}>
        {error ?? hint}
      </div>
    </div>
  )
}
