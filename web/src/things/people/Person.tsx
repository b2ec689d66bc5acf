import type { UserId } from '@tintype/contract'
import type { ReactNode } from 'react'
import { useListed } from '../../data/use-listed.ts'
import { UserRow } from '../../ui/UserRow.tsx'
import { FollowButton } from './FollowButton.tsx'
import { PeopleSkeleton } from './PeopleRows.tsx'

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
  const user = useListed('users', userId)
  if (!user) return <PeopleSkeleton rows={1} />
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
