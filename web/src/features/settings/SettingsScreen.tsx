import { Link, Navigate, Outlet, useParams } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useMember } from '../../data/member.ts'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useIsPhone } from '../../shell/viewport.ts'
import styles from '../../things/account/Sections.module.css'
import { t } from './messages.ts'
import { sectionOf, sections } from './sections.ts'

/** A list at the side and the section beside it; on a phone first the list, then the section. */
export default function SettingsScreen() {
  const me = useMember()
  const phone = useIsPhone()
  const { section } = useParams({ strict: false })
  if (!section && !phone) return <Navigate to="/settings/$section" params={{ section: 'profile' }} replace />
  const title = (section && sectionOf(section)?.label) || t('settings.title')
  const listed = sections.filter((one) => !('owner' in one) || me.role === 'owner')
  return (
    <div className={styles.settings}>
      {(!phone || !section) && (
        <nav className={styles.nav} aria-label={t('settings.sections')}>
          {phone ? (
            <ScreenHead title={t('settings.title')} back />
          ) : (
            <p className={styles.name}>{t('settings.title')}</p>
          )}
          {listed.map(({ id, label, icon: Icon }) => (
            <Link key={id} to="/settings/$section" params={{ section: id }} className={styles.item}>
              <Icon aria-hidden size={20} strokeWidth={1.9} />
              {label}
              <ChevronRight aria-hidden size={18} className={styles.chevron} />
            </Link>
          ))}
        </nav>
      )}
      {section && (
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
