import { Ban, Link2, UserMinus, Volume2, VolumeX } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { reportError } from '../../api/report-error.ts'
import { entities } from '../../entities/entities.ts'
import type { UserEntity } from '../../entities/types.ts'
import { t } from '../../messages.ts'
import ActionMenu from '../../ui/ActionMenuPanel.tsx'
import { toast } from '../../ui/toast.ts'
import { BlockDialog } from '../people/BlockDialog.tsx'
import { setBlocking, setMuting } from '../people/ties.ts'
import { copyText } from '../post/share.ts'

interface ProfileMenuProps {
  user: UserEntity
  open: boolean
  onClose: () => void
}

/** What is rarely done with a member. */
export default function ProfileMenu({ user, open, onClose }: ProfileMenuProps) {
  const [asking, setAsking] = useState(false)
  const { blocking, muting, followed_by } = user.viewer ?? {}
  const handleUnblock = async () => {
    const tie = await setBlocking(user.user_id, false)
    if (tie) toast(t('profile.unblocked', { name: user.username }))
  }
  return (
    <>
      <ActionMenu
        open={open}
        onClose={onClose}
        label={t('profile.menu')}
        actions={[
          {
            label: t('profile.copy'),
            icon: Link2,
            onPress: () => void copyText(new URL(`/${user.username}`, location.origin).href),
          },
          !blocking && {
            label: muting ? t('profile.unmute') : t('profile.mute'),
            icon: muting ? Volume2 : VolumeX,
            onPress: () => void setMuting(user.user_id, !muting),
          },
          followed_by && {
            label: t('profile.removeFollower'),
            icon: UserMinus,
            tone: 'danger',
            onPress: () => void removeFollower(user),
          },
          blocking
            ? { label: t('people.unblock'), icon: Ban, onPress: () => void handleUnblock() }
            : { label: t('profile.block'), icon: Ban, tone: 'danger', onPress: () => setAsking(true) },
        ]}
      />
      <BlockDialog user={user} open={asking} onClose={() => setAsking(false)} />
    </>
  )
}

async function removeFollower({ user_id, username }: UserEntity): Promise<void> {
  try {
    entities.merge('users', user_id, { viewer: await api.graph.removeFollower({ params: { username } }) })
    toast(t('profile.removed'))
  } catch (error) {
    reportError(error)
  }
}
