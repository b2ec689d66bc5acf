import { Link } from '@tanstack/react-router'
import { Menu } from 'lucide-react'
import { useState } from 'react'
import { useUnreadMessages } from '../../data/direct/unread.ts'
import { unreadNotices, useInstance, useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Wordmark } from '../../ui/Wordmark.tsx'
import styles from './LeftRail.module.css'
import { createIcon as CreateIcon, navItems } from './nav-items.ts'
import { RailLink } from './RailLink.tsx'
import { VisitorRail } from './VisitorRail.tsx'

const CreateMenu = lazyWhenOpen(() => import('./CreateMenu.tsx'))
const MoreMenu = lazyWhenOpen(() => import('../../shell/MoreMenu.tsx'))

export function LeftRail({ onShowKeys }: { onShowKeys: () => void }) {
  const me = useMe()
  const place = useInstance()?.name
  const unread = useUnreadMessages()
  const [menuOpen, setMenuOpen] = useState(false)
  const [creating, setCreating] = useState(false)
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      <Link to="/" className={styles.brand} aria-label={place ? `Tintype, ${place}` : 'Tintype'}>
        <span className={styles.wordmark}>
          <Wordmark />
        </span>
        <span className={styles.mark}>
          <Mark />
        </span>
        <span className={styles.place}>{place}</span>
      </Link>
      {me ? (
        <>
          <RailLink item={navItems.home} />
          <RailLink item={navItems.search} />
          <RailLink item={navItems.explore} />
          <RailLink item={navItems.reels} />
          <RailLink item={navItems.messages} count={unread} />
          <RailLink item={navItems.notifications} count={unreadNotices(me)} />
          <button type="button" className={styles.item} onClick={() => setCreating(true)}>
            <span className={styles.icon}>
              <CreateIcon aria-hidden size={26} strokeWidth={1.75} />
            </span>
            <span className={styles.label}>{t('nav.create')}</span>
          </button>
          <Link to="/$username" params={{ username: me.username }} className={styles.item}>
            <Avatar user={me} size={28} />
            <span className={styles.label}>{t('nav.profile')}</span>
          </Link>
          <span className={styles.space} />
          <button type="button" className={styles.item} onClick={() => setMenuOpen(true)}>
            <span className={styles.icon}>
              <Menu aria-hidden size={26} strokeWidth={1.75} />
            </span>
            <span className={styles.label}>{t('nav.more')}</span>
          </button>
          <CreateMenu open={creating} onClose={() => setCreating(false)} />
          <MoreMenu open={menuOpen} onClose={() => setMenuOpen(false)} onShowKeys={onShowKeys} />
        </>
      ) : (
        <VisitorRail />
      )}
    </nav>
  )
}
