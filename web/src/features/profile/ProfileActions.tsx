import { useNavigate } from '@tanstack/react-router'
import { Ellipsis, Settings } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { FollowButton } from '../../things/people/FollowButton.tsx'
import { RequestAnswer } from '../../things/people/RequestAnswer.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { t } from './messages.ts'

const ProfileMenu = lazyWhenOpen(() => import('./ProfileMenu.tsx'))

/** Opens the conversation with them, which there is once. */
function MessageButton({ username }: { username: string }) {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const handlePress = async () => {
    setBusy(true)
    try {
      const { conversation_id: conversationId } = await api.conversations.create({
        body: { usernames: [username] },
      })
      await navigate({ to: '/direct/t/$conversationId', params: { conversationId } })
    } catch (error) {
      reportError(error)
    }
    setBusy(false)
  }
  return (
    <Button label={t('profile.message')} size="small" wide busy={busy} onPress={() => void handlePress()} />
  )
}

export function ProfileActions({ user }: { user: UserEntity }) {
  const me = useMe()
  const navigate = useNavigate()
  const [menuOpen, setMenuOpen] = useState(false)
  if (user.is_self)
    return (
      <>
        <ButtonLink
          to="/settings/$section"
          params={{ section: 'profile' }}
          label={t('profile.edit')}
          size="small"
          wide
        />
        <IconButton
          icon={Settings}
          label={t('nav.settings')}
          size="small"
          onPress={() => void navigate({ to: '/settings' })}
        />
      </>
    )
  return (
    <>
      {user.viewer?.requested_by && <RequestAnswer userId={user.user_id} username={user.username} />}
      <FollowButton userId={user.user_id} look="primary" wide />
      {me && (
        <>
          {!user.viewer?.blocking && <MessageButton username={user.username} />}
          <IconButton
            icon={Ellipsis}
            label={t('profile.menu')}
            size="small"
            onPress={() => setMenuOpen(true)}
          />
          <ProfileMenu user={user} open={menuOpen} onClose={() => setMenuOpen(false)} />
        </>
      )}
    </>
  )
}
