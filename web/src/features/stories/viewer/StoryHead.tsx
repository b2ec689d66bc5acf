import { Link } from '@tanstack/react-router'
import { Ellipsis, Pause, Play, Star, X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { StoryEntity, UserEntity } from '../../../data/entities/types.ts'
import { t as shared } from '../../../kit/messages.ts'
import { t } from '../../../things/story/messages.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { Verified } from '../../../ui/Verified.tsx'
import styles from './StoryHead.module.css'

const CircleMark = lazy(() => import('../../../things/circles/CircleMark.tsx'))

interface StoryHeadProps {
  user: UserEntity
  story: StoryEntity
  /** Of the highlight it is shown in. */
  title: string | undefined
  paused: boolean
  onPause: () => void
  onMenu: () => void
  onClose: () => void
}

export function StoryHead({ user, story, title, paused, onPause, onMenu, onClose }: StoryHeadProps) {
  return (
    <header className={styles.head}>
      <Link to="/$username" params={{ username: user.username }} className={styles.author}>
        <Avatar user={user} size={32} />
        <span className={styles.names}>
          <span className={styles.name}>
            {user.username}
            <Verified user={user} />
          </span>
          <span className={styles.note}>
            {title && `${title} · `}
            <RelativeTime at={story.created_at} />
          </span>
        </span>
      </Link>
      {story.audience === 'close_friends' && (
        <span role="img" className={styles.friends} aria-label={t('viewer.friends')}>
          <Star aria-hidden size={14} fill="currentColor" />
        </span>
      )}
      {story.for_circles && (
        <Suspense>
          <span className={styles.circle}>
            <CircleMark own={story.circles} />
          </span>
        </Suspense>
      )}
      <span className={styles.space} />
      <IconButton
        icon={paused ? Play : Pause}
        size="small"
        tone="veil"
        label={paused ? t('viewer.play') : t('viewer.pause')}
        onPress={onPause}
      />
      <IconButton icon={Ellipsis} size="small" tone="veil" label={t('viewer.menu')} onPress={onMenu} />
      <IconButton icon={X} size="small" tone="veil" label={shared('action.close')} onPress={onClose} />
    </header>
  )
}
