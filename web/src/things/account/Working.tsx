import { useWorking } from '../../data/working.ts'
import styles from './AuthPage.module.css'
import { t } from './messages.ts'

/** Says what keeps somebody waiting: their device works out what the server asks for while it is attacked. */
export function Working() {
  const working = useWorking()
  return (
    <p className={styles.switch} role="status">
      {working && t('working.note')}
    </p>
  )
}
