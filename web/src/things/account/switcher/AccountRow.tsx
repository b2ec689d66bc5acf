import type { BrowserAccount } from '@tintype/contract'
import type { ReactNode } from 'react'
import { Avatar } from '../../../ui/Avatar.tsx'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { t } from './messages.ts'
import styles from './Switcher.module.css'

interface AccountRowProps {
  account: BrowserAccount
  /** Beside it. */
  action?: ReactNode
  busy?: boolean
  onPress: () => void
}

/** The whole of it switches; the one in use says so. */
export function AccountRow({ account, action, busy = false, onPress }: AccountRowProps) {
  const { user, current, unread_notifications: count } = account
  const face = (
    <>
      <Avatar user={user} size={44} />
      <span className={styles.names}>
        <span className={styles.username}>{user.username}</span>
        <span className={styles.note}>{current ? t('accounts.current') : user.full_name}</span>
      </span>
      {count > 0 && !current && (
        <span className={styles.badge} aria-hidden="true">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </>
  )
  return (
    <li className={styles.row}>
      {current ? (
        <div className={styles.account} aria-current="true">
          {face}
        </div>
      ) : (
        <button type="button" className={styles.account} disabled={busy} onClick={onPress}>
          <VisuallyHidden>
            {t('accounts.switchTo', { name: user.username })}
            {count > 0 && `, ${t('accounts.unread', { count })}`}
          </VisuallyHidden>
          <span aria-hidden="true" className={styles.face}>
            {face}
          </span>
        </button>
      )}
      {action}
    </li>
  )
}
