import { Link } from '@tanstack/react-router'
import type { LiveId } from '@tintype/contract'
import type { ComponentProps } from 'react'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './LiveLink.module.css'
import { t } from './messages.ts'

interface LiveLinkProps {
  liveId: LiveId
  user: ComponentProps<typeof Avatar>['user']
  size: ComponentProps<typeof Avatar>['size']
}

/** The picture of a member who is live, in a ring that says so; leads there. */
export function LiveLink({ liveId, user, size }: LiveLinkProps) {
  return (
    <Link
      to="/live/$liveId"
      params={{ liveId }}
      className={styles.link}
      aria-label={t('live.watch', { name: user.username })}
    >
      <Avatar user={user} size={size} ring="new" />
      <span className={styles.badge} aria-hidden>
        {t('live.badge')}
      </span>
    </Link>
  )
}
