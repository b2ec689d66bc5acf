import { Link, Navigate, Outlet, useParams } from '@tanstack/react-router'
import { holdsRole } from '@tintype/contract/core/route'
import { ChevronRight } from 'lucide-react'
import { useMember } from '../../data/member.ts'
import { NotFoundScreen } from '../../shell/NotFoundScreen.tsx'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useIsPhone } from '../../shell/viewport.ts'
import styles from '../../things/account/Sections.module.css'
import { t as words } from '../../things/reporting/messages.ts'
import { t } from './messages.ts'
import { sections } from './sections.ts'

/** A list at the side and what is chosen of it beside it; on a phone one after the other. */
export default function ModerationScreen() {
  const me = useMember()
  const phone = useIsPhone()
  const { section, kind, username } = useParams({ strict: false })
  if (!holdsRole(me.role, 'moderator')) return <NotFoundScreen />
  const isOpen = section !== undefined || kind !== undefined || username !== undefined
  if (!isOpen && !phone) return <Navigate to="/moderation/$section" params={{ section: 'queue' }} replace />
  const chosen = sections.find((one) => one.id === section)?.label
  const title = chosen ?? username ?? (kind ? words(`kind.${kind as 'post'}`) : t('mod.title'))
  return (
    <div className={styles.settings}>
      {(!phone || !isOpen) && (
        <nav className={styles.nav} aria-label={t('mod.sections')}>
          {phone ? (
            <ScreenHead title={t('mod.title')} back />
          ) : (
            <p className={styles.name}>{t('mod.title')}</p>
          )}
          {sections.map(({ id, label, icon: Icon }) => (
            <Link key={id} to="/moderation/$section" params={{ section: id }} className={styles.item}>
              <Icon aria-hidden size={20} strokeWidth={1.9} />
              {label}
              <ChevronRight aria-hidden size={18} className={styles.chevron} />
            </Link>
          ))}
        </nav>
      )}
      {isOpen && (
        <div className={styles.section}>
          <ScreenHead title={title} back />
          <div className={styles.body}>
            <Outlet />
          </div>
        </div>
      )}
    </div>
  )
}
