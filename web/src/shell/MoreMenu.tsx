import { useNavigate } from '@tanstack/react-router'
import {
  Archive,
  Bookmark,
  CircleUserRound,
  Keyboard,
  LogOut,
  Moon,
  Settings,
  ShieldCheck,
  Sun,
  UserPlus,
} from 'lucide-react'
import { logOut, useMember } from '../data/member.ts'
import { createT } from '../kit/i18n.ts'
import { t } from '../kit/messages.ts'
import ActionMenu from '../ui/ActionMenuPanel.tsx'
import { openSwitcher } from './switcher-slot.ts'
import { setTheme, shownTheme } from './theme.ts'

const words = createT({ 'nav.moderation': 'Moderation', 'nav.accounts': 'Switch account' })

interface MoreMenuProps {
  open: boolean
  onClose: () => void
  /** Left out on a phone, which has no keys. */
  onShowKeys?: () => void
}

export default function MoreMenu({ open, onClose, onShowKeys }: MoreMenuProps) {
  const navigate = useNavigate()
  const me = useMember()
  const dark = open && shownTheme() === 'dark'
  const asksFirst = me.is_private || me.follow_requests > 0
  return (
    <ActionMenu
      open={open}
      onClose={onClose}
      label={t('nav.more')}
      actions={[
        { label: t('nav.settings'), icon: Settings, onPress: () => navigate({ to: '/settings' }) },
        { label: t('nav.saved'), icon: Bookmark, onPress: () => navigate({ to: '/saved' }) },
        { label: t('nav.archive'), icon: Archive, onPress: () => navigate({ to: '/archive' }) },
        me.role !== 'member' && {
          label: words('nav.moderation'),
          icon: ShieldCheck,
          onPress: () => navigate({ to: '/moderation/{-$section}/{-$of}/{-$id}' }),
        },
        asksFirst && {
          label: t('nav.requests'),
          icon: UserPlus,
          onPress: () => navigate({ to: '/requests' }),
        },
        {
          label: dark ? t('nav.toLight') : t('nav.toDark'),
          icon: dark ? Sun : Moon,
          onPress: () => setTheme(dark ? 'light' : 'dark'),
        },
        onShowKeys && { label: t('nav.keys'), icon: Keyboard, onPress: onShowKeys },
        { label: words('nav.accounts'), icon: CircleUserRound, onPress: openSwitcher },
        { label: t('nav.logOut'), icon: LogOut, onPress: () => void logOut() },
      ]}
    />
  )
}
