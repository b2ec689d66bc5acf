import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import styles from './BottomBar.module.css'
import { createIcon as CreateIcon, type NavItem, navItems } from './nav-items.ts'

const CreateMenu = lazyWhenOpen(() => import('./CreateMenu.tsx'))

/** Under the thumb: five places on a phone. */
export function BottomBar() {
  const me = useMe()
  const [creating, setCreating] = useState(false)
  if (!me)
    return (
      <nav className={`${styles.bar} ${styles.visitor}`} aria-label={t('nav.label')}>
        <ButtonLink to="/login" label={t('login.action')} wide />
        <ButtonLink to="/signup" label={t('login.toSignUp')} tone="primary" wide />
      </nav>
    )
  return (
    <nav className={styles.bar} aria-label={t('nav.label')}>
      <BarLink item={navItems.home} />
      <BarLink item={navItems.search} />
      <button
        type="button"
        className={styles.item}
        aria-label={t('nav.create')}
        onClick={() => setCreating(true)}
      >
        <CreateIcon aria-hidden size={26} strokeWidth={1.75} />
      </button>
      <BarLink item={navItems.reels} />
      <Link
        to="/$username"
        params={{ username: me.username }}
        className={styles.item}
        aria-label={t('nav.profile')}
      >
        <Avatar user={me} size={28} />
      </Link>
      <CreateMenu open={creating} onClose={() => setCreating(false)} />
    </nav>
  )
}

function BarLink({ item }: { item: NavItem }) {
  const Icon = item.icon
  return (
    <Link
      to={item.to}
      className={styles.item}
      aria-label={t(item.label)}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
    >
      <Icon aria-hidden size={26} strokeWidth={1.75} />
    </Link>
  )
}
