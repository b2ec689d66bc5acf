import { Ban, Flag, Link2, Send, UserMinus, UserRoundMinus, Volume2, VolumeX } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import type { UserEntity } from '../../data/entities/types.ts'
import { reportError } from '../../data/report-error.ts'
import { openSendTo } from '../../shell/send-slot.ts'
import { BlockDialog } from '../../things/people/BlockDialog.tsx'
import { t as restrictText } from '../../things/people/restrict-messages.ts'
import { setRestricting } from '../../things/people/restricting.ts'
import { setBlocking, setMuting } from '../../things/people/ties.ts'
import { copyText } from '../../things/post/share.ts'
import { t as reporting } from '../../things/reporting/messages.ts'
import { openReport } from '../../things/reporting/report-sheet.ts'
import { t as storyText } from '../../things/story/messages.ts'
import { setListed, useStoriesMuted } from '../../things/story/people-of-stories.ts'
import ActionMenu from '../../ui/ActionMenuPanel.tsx'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'

interface ProfileMenuProps {
  user: UserEntity
  open: boolean
  onClose: () => void
}

/** What is rarely done with a member. */
export default function ProfileMenu({ user, open, onClose }: ProfileMenuProps) {
  const [asking, setAsking] = useState(false)
  const { blocking, muting, restricting, followed_by } = user.viewer ?? {}
  const storiesMuted = useStoriesMuted(user.username)
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
            label: t('profile.send'),
            icon: Send,
            onPress: () =>
              openSendTo({
                kind: 'member',
                id: user.user_id,
                address: `/${user.username}`,
                title: user.username,
              }),
          },
          !blocking && {
            label: muting ? t('profile.unmute') : t('profile.mute'),
            icon: muting ? Volume2 : VolumeX,
            onPress: () => void setMuting(user.user_id, !muting),
          },
          !blocking && {
            label: storiesMuted ? t('profile.unmuteStories') : t('profile.muteStories'),
            icon: storiesMuted ? Volume2 : VolumeX,
            onPress: () => void setStoriesMuted(user, !storiesMuted),
          },
          !blocking && {
            label: restrictText(restricting ? 'restrict.undo' : 'restrict.do'),
            icon: UserRoundMinus,
            onPress: () => void setRestricting(user, !restricting),
          },
          followed_by && {
            label: t('profile.removeFollower'),
            icon: UserMinus,
            tone: 'danger',
            onPress: () => void removeFollower(user),
          },
          {
            label: reporting('report.do'),
            icon: Flag,
            tone: 'danger',
            onPress: () => openReport({ kind: 'member', id: user.user_id, user }),
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

async function setStoriesMuted({ user_id }: UserEntity, want: boolean): Promise<void> {
  if (await setListed('muted', user_id, want)) toast(storyText(want ? 'viewer.muted' : 'viewer.unmuted'))
}

async function removeFollower({ user_id, username }: UserEntity): Promise<void> {
  try {
    entities.patch('users', user_id, { viewer: await api.graph.removeFollower({ params: { username } }) })
    toast(t('profile.removed'))
  } catch (error) {
    reportError(error)
  }
}
