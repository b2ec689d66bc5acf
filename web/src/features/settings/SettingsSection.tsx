import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useMember } from '../../data/member.ts'
import { NotFoundScreen } from '../../shell/NotFoundScreen.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { AppsSection } from './apps/AppsSection.tsx'
import { DeveloperSection } from './apps/DeveloperSection.tsx'
import { BlockedSection } from './BlockedSection.tsx'
import { CommunitySection } from './CommunitySection.tsx'
import { CirclesSection } from './circles/CirclesSection.tsx'
import { DeleteSection } from './DeleteSection.tsx'
import { DataSection } from './data/DataSection.tsx'
import { EmailSection } from './EmailSection.tsx'
import { LimitSection } from './limit/LimitSection.tsx'
import { LinksSection } from './links/LinksSection.tsx'
import { LoginsSection } from './logins/LoginsSection.tsx'
import { MailsSection } from './MailsSection.tsx'
import { MessagesSection } from './MessagesSection.tsx'
import { MutedSection } from './MutedSection.tsx'
import { NotificationsSection } from './NotificationsSection.tsx'
import { PasswordSection } from './PasswordSection.tsx'
import { PostsSection } from './PostsSection.tsx'
import { PrivacySection } from './PrivacySection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { QuietSection } from './quiet/QuietSection.tsx'
import { RestrictedSection } from './RestrictedSection.tsx'
import { SessionsSection } from './SessionsSection.tsx'
import { StatusSection } from './StatusSection.tsx'
import { StoriesSection } from './StoriesSection.tsx'
import { ScheduledSection } from './scheduled/ScheduledSection.tsx'
import { type SectionId, sectionOf } from './sections.ts'
import { SecuritySection } from './security/SecuritySection.tsx'
import { TimeSection } from './time/TimeSection.tsx'
import { ViewingSection } from './viewing/ViewingSection.tsx'

const views: Record<SectionId, ComponentType> = {
  profile: ProfileSection,
  privacy: PrivacySection,
  posts: PostsSection,
  scheduled: ScheduledSection,
  links: LinksSection,
  stories: StoriesSection,
  circles: CirclesSection,
  messages: MessagesSection,
  notifications: NotificationsSection,
  quiet: QuietSection,
  time: TimeSection,
  email: EmailSection,
  password: PasswordSection,
  security: SecuritySection,
  sessions: SessionsSection,
  logins: LoginsSection,
  apps: AppsSection,
  status: StatusSection,
  data: DataSection,
  viewing: ViewingSection,
  muted: MutedSection,
  restricted: RestrictedSection,
  limit: LimitSection,
  blocked: BlockedSection,
  appearance: AppearanceSection,
  developer: DeveloperSection,
  community: CommunitySection,
  mails: MailsSection,
  delete: DeleteSection,
}

export default function SettingsSection() {
  const { section } = useParams({ from: '/frame/member/settings/$section' })
  const me = useMember()
  const known = sectionOf(section)
  if (!known || ('owner' in known && me.role !== 'owner')) return <NotFoundScreen />
  const View = views[known.id]
  return <View />
}
