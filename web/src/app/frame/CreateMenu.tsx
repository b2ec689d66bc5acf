import { useNavigate } from '@tanstack/react-router'
import { CircleFadingPlus, Radio, SquarePlus } from 'lucide-react'
import { t } from '../../kit/messages.ts'
import { openComposer, openStoryComposer } from '../../shell/composer-slot.ts'
import { ActionMenu } from '../../ui/ActionMenu.tsx'

/** What can be made: a post that stays, a story for a day. */
export default function CreateMenu({ open, onClose }: { open: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  return (
    <ActionMenu
      open={open}
      onClose={onClose}
      label={t('nav.create')}
      actions={[
        { label: t('create.post'), icon: SquarePlus, onPress: () => openComposer() },
        { label: t('create.story'), icon: CircleFadingPlus, onPress: () => openStoryComposer() },
        { label: t('create.live'), icon: Radio, onPress: () => void navigate({ to: '/live' }) },
      ]}
    />
  )
}
