import { useNavigate } from '@tanstack/react-router'
import type { UserId } from '@tintype/contract'
import { useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { Button, type ButtonTone } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { setBlocking, setFollowing } from './ties.ts'

interface FollowButtonProps {
  userId: UserId
  size?: 'small' | 'medium'
  /** `text` where it stands in a line of text, `primary` where it is what the screen is for. */
  look?: 'button' | 'primary' | 'text'
  wide?: boolean
  /** Not drawn once they are followed: beside a name in a feed. */
  onlyNew?: boolean
}

interface Face {
  label: string
  describe: string
  /** Pressing it follows. */
  inviting: boolean
}

const inviting = { button: 'ink', primary: 'primary', text: 'text' } as const satisfies Record<
  string,
  ButtonTone
>

function faceOf({ username: name, viewer }: UserEntity): Face {
  if (viewer?.blocking) return { label: t('people.unblock'), describe: t('people.unblock'), inviting: false }
  if (viewer?.following)
    return { label: t('people.following'), describe: t('people.followingOf', { name }), inviting: false }
  if (viewer?.requested)
    return { label: t('people.requested'), describe: t('people.requestedOf', { name }), inviting: false }
  return viewer?.followed_by
    ? { label: t('people.followBack'), describe: t('people.followBackOf', { name }), inviting: true }
    : { label: t('people.follow'), describe: t('people.followOf', { name }), inviting: true }
}

/** Shows the new state at once; asks back only where following again would need a new request. */
export function FollowButton({ userId, size = 'small', look = 'button', wide, onlyNew }: FollowButtonProps) {
  const me = useMe()
  const user = useUser(userId)
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const [wasNew] = useState(!user?.viewer?.following && !user?.viewer?.requested)
  if (!user || me?.user_id === userId || (onlyNew && !wasNew)) return null
  const { following, requested, blocking } = user.viewer ?? {}
  const handlePress = () => {
    if (!me) void navigate({ to: '/login' })
    else if (blocking) void setBlocking(userId, false)
    else if (following && user.is_private) setAsking(true)
    else void setFollowing(userId, !following && !requested)
  }
  const handleUnfollow = () => {
    setAsking(false)
    void setFollowing(userId, false)
  }
  const face = faceOf(user)
  const tone = face.inviting ? inviting[look] : look === 'text' ? 'quiet' : 'plain'
  return (
    <>
      <Button
        label={face.label}
        describe={face.describe}
        tone={tone}
        size={size}
        wide={wide}
        onPress={handlePress}
      />
      {me && user.is_private && (
        <ConfirmDialog
          open={asking}
          onClose={() => setAsking(false)}
          title={t('people.unfollowTitle', { name: user.username })}
          text={t('people.unfollowPrivate')}
          action={t('people.unfollow')}
          onConfirm={handleUnfollow}
        />
      )}
    </>
  )
}
