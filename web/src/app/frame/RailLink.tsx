import { Link } from '@tanstack/react-router'
import { t } from '../../kit/messages.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './LeftRail.module.css'
import type { NavItem } from './nav-items.ts'

interface RailLinkProps {
  item: NavItem
  /** A badge, where it is more than nothing. */
  count?: number
}

export function RailLink({ item, count = 0 }: RailLinkProps) {
  const Icon = item.icon
  return (
    <Link
      to={item.to}
      data-nav={item.name}
      className={styles.item}
      activeOptions={{ exact: item.to === '/', includeSearch: false }}
    >
      <span className={styles.icon}>
        <Icon aria-hidden size={26} strokeWidth={1.75} />
        {count > 0 && (
          <span className={styles.badge} aria-hidden="true">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      <span className={styles.label}>{t(item.label)}</span>
      {count > 0 && <VisuallyHidden>{t('nav.unread', { count })}</VisuallyHidden>}
    </Link>
  )
}
