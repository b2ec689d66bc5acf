import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import type { UserEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './StoryLink.module.css'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Usernames whose stories follow one another in the viewer. */
    stories?: readonly string[]
  }
}

interface StoryLinkProps {
  user: UserEntity
  size: ComponentProps<typeof Avatar>['size']
  /** A row that the viewer goes on with. */
  among?: readonly string[]
  /** Instead of what it is called. */
  label?: string
}

function ringOf({ stories }: UserEntity): 'new' | 'friends' | 'seen' {
  if (!stories || stories.unseen === 0) return 'seen'
  return stories.close_friends ? 'friends' : 'new'
}

const labels = { new: 'tray.unseen', friends: 'tray.friends', seen: 'tray.of' } as const

/** The picture of a member who has stories, in its ring; opens them. */
export function StoryLink({ user, size, among, label }: StoryLinkProps) {
  const ring = ringOf(user)
  return (
    <Link
      to="/stories/$username/{-$storyId}"
      params={{ username: user.username, storyId: undefined }}
      state={among ? { stories: among } : {}}
      className={styles.link}
      aria-label={label ?? t(labels[ring], { name: user.username })}
      resetScroll={false}
    >
      <Avatar user={user} size={size} ring={ring} />
    </Link>
  )
}
