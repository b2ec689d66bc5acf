import type { UserId } from '@tintype/contract'
import type { ReactNode } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import { UserRow } from '../../ui/UserRow.tsx'
import { FollowButton } from './FollowButton.tsx'

interface PersonProps {
  userId: UserId
  note?: ReactNode
  /** Instead of the follow button. */
  action?: ReactNode
  size?: 40 | 44 | 56
  onOpen?: () => void
}

/** A member in a list, with what the viewer may do about them. */
export function Person({ userId, note, action, size, onOpen }: PersonProps) {
  const user = useUser(userId)
  if (!user) return null
  return (
    <UserRow
      user={user}
      note={note}
      size={size}
      onPress={onOpen}
      action={action ?? <FollowButton userId={userId} />}
    />
  )
}
