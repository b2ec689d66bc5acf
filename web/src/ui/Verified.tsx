import { t } from '../kit/messages.ts'
import styles from './Verified.module.css'

/** Beside the name of whom those who look after the community have verified. */
export const Verified = ({ user }: { user: { is_verified?: boolean } }) =>
  user.is_verified && (
    <span role="img" className={styles.badge} aria-label={t('user.verified')} title={t('user.verified')} />
  )
