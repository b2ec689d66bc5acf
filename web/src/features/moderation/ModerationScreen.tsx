import { Link, Navigate, useParams } from '@tanstack/react-router'
import { reportableKinds } from '@tintype/contract'
import { holdsRole } from '@tintype/contract/core/route'
import { ChevronRight } from 'lucide-react'
import type { ComponentType } from 'react'
import { useMember } from '../../data/member.ts'
import { NotFoundScreen } from '../../shell/NotFoundScreen.tsx'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { useIsPhone } from '../../shell/viewport.ts'
import styles from '../../things/account/Sections.module.css'
import { t as words } from '../../things/reporting/messages.ts'
import { AppealsSection } from './AppealsSection.tsx'
import { AuditSection } from './AuditSection.tsx'
import { AutomaticSection } from './AutomaticSection.tsx'
import { CasePage } from './CasePage.tsx'
import { DoorsSection } from './DoorsSection.tsx'
import { MemberPage } from './MemberPage.tsx'
import { MembersSection } from './MembersSection.tsx'
import { t } from './messages.ts'
import { NumbersSection } from './NumbersSection.tsx'
import { moderationPath } from './paths.ts'
import { QueueSection } from './QueueSection.tsx'
import { RulesSection } from './RulesSection.tsx'
import { SecuritySection } from './SecuritySection.tsx'
import { type SectionId, sections } from './sections.ts'

const views: Record<SectionId, ComponentType> = {
  queue: QueueSection,
  appeals: AppealsSection,
  members: MembersSection,
  doors: DoorsSection,
  security: SecuritySection,
  rules: RulesSection,
  automatic: AutomaticSection,
  audit: AuditSection,
  numbers: NumbersSection,
}

/** A list at the side and what is chosen of it beside it; on a phone one after the other. */
export default function ModerationScreen() {
  const me = useMember()
  const phone = useIsPhone()
  const { section, of, id } = useParams({ from: '/frame/member/moderation/{-$section}/{-$of}/{-$id}' })
  if (!holdsRole(me.role, 'moderator')) return <NotFoundScreen />
  const isAdmin = holdsRole(me.role, 'admin')
  const open = sections.filter((one) => isAdmin || !('isAdmins' in one))
  const isOpen = section !== undefined
  if (!isOpen && !phone) return <Navigate to={moderationPath} params={{ section: 'queue' }} replace />
  const kind = reportableKinds.find((one) => one === of)
  const chosen = open.find((one) => one.id === section)
  const title = of === undefined ? (chosen?.label ?? t('mod.title')) : kind ? words(`kind.${kind}`) : of
  return (
    <div className={styles.settings}>
      {(!phone || !isOpen) && (
        <nav className={styles.nav} aria-label={t('mod.sections')}>
          {phone ? (
            <ScreenHead title={t('mod.title')} back />
          ) : (
            <p className={styles.name}>{t('mod.title')}</p>
          )}
          {open.map(({ id: name, label, icon: Icon }) => (
            <Link key={name} to={moderationPath} params={{ section: name }} className={styles.item}>
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
            <Opened section={chosen || of ? section : ''} of={of} id={id} />
          </div>
        </div>
      )}
    </div>
  )
}

interface OpenedProps {
  section: string
  of: string | undefined
  id: string | undefined
}

/** A section, a case (`cases`, its kind and id) or a member (`members`, their name). */
function Opened({ section, of, id }: OpenedProps) {
  const kind = reportableKinds.find((one) => one === of)
  if (section === 'cases' && kind && id) return <CasePage name={{ kind, subject_id: id }} />
  if (section === 'members' && of) return <MemberPage username={of} />
  const View = Object.hasOwn(views, section) && !of ? views[section as SectionId] : NotFoundScreen
  return <View />
}
