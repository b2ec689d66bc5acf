import { t } from '../messages.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Screen.module.css'

/** Before anything is known of the screen to come; only where that takes longer than half a second. */
export function Pending() {
  return (
    <div className={styles.pending} role="status" aria-label={t('state.loading')}>
      <Mark size={56} />
    </div>
  )
}
