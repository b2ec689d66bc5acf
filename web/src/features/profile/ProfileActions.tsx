import { useNavigate } from '@tanstack/react-router'
import { Ellipsis, Settings } from 'lucide-react'
import { useState } from 'react'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { FollowButton } from '../../things/people/FollowButton.tsx'
import { RequestAnswer } from '../../things/people/RequestAnswer.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'

const ProfileMenu = lazyWhenOpen(() => import('./ProfileMenu.tsx'))

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
