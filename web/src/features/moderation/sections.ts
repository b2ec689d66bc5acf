import {
  BookOpenText,
  Bot,
  ChartNoAxesColumn,
  DoorClosed,
  Flag,
  Link2,
  Scale,
  ShieldCheck,
  Users,
} from 'lucide-react'
import { t } from './messages.ts'

export const sections = [
  { id: 'queue', label: t('mod.queue'), icon: Flag },
  { id: 'appeals', label: t('mod.appeals'), icon: Scale },
  { id: 'members', label: t('mod.members'), icon: Users },
  { id: 'doors', label: t('mod.doors'), icon: DoorClosed },
  { id: 'security', label: t('mod.security'), icon: ShieldCheck, isAdmins: true },
  { id: 'rules', label: t('mod.rules'), icon: BookOpenText },
  { id: 'automatic', label: t('mod.automatic'), icon: Bot },
  { id: 'audit', label: t('mod.audit'), icon: Link2 },
  { id: 'numbers', label: t('mod.numbers'), icon: ChartNoAxesColumn },
] as const
export type SectionId = (typeof sections)[number]['id']
