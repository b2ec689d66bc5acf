import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { NotFoundScreen } from '../../shell/NotFoundScreen.tsx'
import { AppealsSection } from './AppealsSection.tsx'
import { AuditSection } from './AuditSection.tsx'
import { DoorsSection } from './DoorsSection.tsx'
import { MembersSection } from './MembersSection.tsx'
import { NumbersSection } from './NumbersSection.tsx'
import { QueueSection } from './QueueSection.tsx'
import { RulesSection } from './RulesSection.tsx'
import type { SectionId } from './sections.ts'

export { CasePage } from './CasePage.tsx'
export { MemberPage } from './MemberPage.tsx'
export { default as ModerationScreen } from './ModerationScreen.tsx'

const views: Record<SectionId, ComponentType> = {
  queue: QueueSection,
  appeals: AppealsSection,
  members: MembersSection,
  doors: DoorsSection,
  rules: RulesSection,
  audit: AuditSection,
  numbers: NumbersSection,
}

export function ModerationSection() {
  const { section } = useParams({ from: '/frame/member/moderation/$section' })
  const View = Object.hasOwn(views, section) ? views[section as SectionId] : NotFoundScreen
  return <View />
}
