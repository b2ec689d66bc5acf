import { WifiOff } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { t } from '../../kit/messages.ts'
import styles from './OfflineNote.module.css'

function subscribe(listener: () => void) {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

/** A line above the bar while there is no network; it floats, so nothing moves when it comes and goes. */
export function OfflineNote() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  return (
    <div role="status" className={styles.region}>
      {!online && (
        <p className={styles.note}>
          <WifiOff aria-hidden size={16} />
          {t('state.offline')}
        </p>
      )}
    </div>
  )
}
