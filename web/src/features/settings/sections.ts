import {
  AppWindow,
  Archive,
  AtSign,
  BadgeCheck,
  Ban,
  Bell,
  Building2,
  CalendarClock,
  CircleDashed,
  CircleDot,
  CodeXml,
  Eye,
  History,
  Hourglass,
  Images,
  KeyRound,
  Link2,
  Lock,
  Mail,
  MessageCircle,
  MonitorSmartphone,
  Moon,
  Palette,
  ShieldCheck,
  Timer,
  Trash2,
  UserRound,
  UserRoundMinus,
  VolumeX,
} from 'lucide-react'
import { t as circles } from '../../things/circles/messages.ts'
import { t as links } from '../../things/links/messages.ts'
import { t as restricting } from '../../things/people/restrict-messages.ts'
import { t as apps } from './apps/messages.ts'
import { t as limit } from './limit/messages.ts'
import { t as logins } from './logins/messages.ts'
import { t } from './messages.ts'
import { t as notice } from './notice-messages.ts'
import { t as quiet } from './quiet/messages.ts'
import { t as time } from './time/messages.ts'
import { t as viewing } from './viewing/messages.ts'

/** The sections in their order; `owner` ones are the owner's alone. */
export const sections = [
  { id: 'profile', label: t('settings.profile'), icon: UserRound },
  { id: 'privacy', label: t('settings.privacy'), icon: Lock },
  { id: 'posts', label: t('settings.posts'), icon: Images },
  { id: 'scheduled', label: t('settings.scheduled'), icon: CalendarClock },
  { id: 'links', label: links('title'), icon: Link2 },
  { id: 'stories', label: t('settings.stories'), icon: CircleDashed },
  { id: 'circles', label: circles('circles.title'), icon: CircleDot },
  { id: 'messages', label: t('settings.messages'), icon: MessageCircle },
  { id: 'notifications', label: notice('section.notifications'), icon: Bell },
  { id: 'quiet', label: quiet('quiet.title'), icon: Moon },
  { id: 'time', label: time('time.title'), icon: Hourglass },
  { id: 'email', label: notice('section.email'), icon: AtSign },
  { id: 'password', label: t('settings.password'), icon: KeyRound },
  { id: 'security', label: t('settings.security'), icon: ShieldCheck },
  { id: 'sessions', label: t('settings.sessions'), icon: MonitorSmartphone },
  { id: 'logins', label: logins('logins.title'), icon: History },
  { id: 'apps', label: apps('section.apps'), icon: AppWindow },
  { id: 'status', label: t('settings.status'), icon: BadgeCheck },
  { id: 'data', label: t('settings.data'), icon: Archive },
  { id: 'viewing', label: viewing('viewing.title'), icon: Eye },
  { id: 'muted', label: t('settings.muted'), icon: VolumeX },
  { id: 'restricted', label: restricting('restrict.section'), icon: UserRoundMinus },
  { id: 'limit', label: limit('limit.title'), icon: Timer },
  { id: 'blocked', label: t('settings.blocked'), icon: Ban },
  { id: 'appearance', label: t('settings.appearance'), icon: Palette },
  { id: 'developer', label: apps('section.developer'), icon: CodeXml },
  { id: 'community', label: t('settings.community'), icon: Building2, owner: true },
  { id: 'mails', label: notice('section.mails'), icon: Mail, owner: true },
  { id: 'delete', label: t('settings.delete'), icon: Trash2 },
] as const

export type SectionId = (typeof sections)[number]['id']
export const sectionOf = (id: string) => sections.find((section) => section.id === id)
