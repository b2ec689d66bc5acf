import { Link } from '@tanstack/react-router'
import type { Live } from '@tintype/contract'
import { Eye, Heart } from 'lucide-react'
import { formatShort } from '../../kit/i18n.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Verified } from '../../ui/Verified.tsx'
import styles from './Live.module.css'
import { t } from './messages.ts'

/** Whose it is, what it is called, who watches. */
export function LiveHead({ live }: { live: Live }) {
  const { user, title, status, viewers_count, hearts_count } = live
  return (
    <header className={styles.head}>
      <Link to="/$username" params={{ username: user.username }} className={styles.who}>
        <Avatar user={user} size={32} />
        <span className={styles.username}>{user.username}</span>
        <Verified user={user} />
      </Link>
      {status === 'live' && <span className={styles.badge}>{t('live.badge')}</span>}
      <span className={styles.number} role="img" aria-label={t('live.watching', { count: viewers_count })}>
        <Eye aria-hidden size={16} /> {formatShort(viewers_count)}
      </span>
      <span className={styles.number} role="img" aria-label={t('live.hearts', { count: hearts_count })}>
        <Heart aria-hidden size={16} /> {formatShort(hearts_count)}
      </span>
      {title && <p className={styles.title}>{title}</p>}
    </header>
  )
}
