import { Link } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Verified } from '../../ui/Verified.tsx'
import { FollowButton } from '../people/FollowButton.tsx'
import { StoryLink } from '../story/StoryLink.tsx'
import styles from './PostHead.module.css'

const CircleMark = lazy(() => import('../circles/CircleMark.tsx'))
const PostMenu = lazyWhenOpen(() => import('./PostMenu.tsx'))

interface PostHeadProps {
  post: PostEntity
  /** A deleted post leaves its own page. */
  onDeleted?: () => void
  /** The time stands elsewhere. */
  hideTime?: boolean
}

export function PostHead({ post, onDeleted, hideTime }: PostHeadProps) {
  const user = useUser(post.user_id)
  const [menuOpen, setMenuOpen] = useState(false)
  if (!user) return null
  return (
    <header className={styles.head}>
      {user.stories ? (
        <StoryLink user={user} size={40} />
      ) : (
        <Link
          to="/$username"
          params={{ username: user.username }}
          className={styles.avatar}
          tabIndex={-1}
          aria-hidden
        >
          <Avatar user={user} size={40} />
        </Link>
      )}
      <div className={styles.names}>
        <div className={styles.line}>
          <Link to="/$username" params={{ username: user.username }} className={styles.username}>
            {user.username}
            <Verified user={user} />
          </Link>
          {post.collaborators?.map(({ user_id, username }) => (
            <Link key={user_id} to="/$username" params={{ username }} className={styles.other}>
              {username}
            </Link>
          ))}
          {!hideTime && (
            <span className={styles.time}>
              <RelativeTime at={post.created_at} />
            </span>
          )}
          {!post.viewer.following && !post.viewer.is_author && (
            <FollowButton userId={post.user_id} look="text" onlyNew />
          )}
        </div>
        {post.for_circles && (
          <div className={styles.circle}>
            <Suspense>
              <CircleMark own={post.circles} />
            </Suspense>
          </div>
        )}
        {post.location && (
          <Link to="/places/$place" params={{ place: post.location.name }} className={styles.place}>
            {post.location.name}
          </Link>
        )}
      </div>
      <IconButton icon={Ellipsis} label={t('post.menu')} size="small" onPress={() => setMenuOpen(true)} />
      <PostMenu post={post} open={menuOpen} onClose={() => setMenuOpen(false)} onDeleted={onDeleted} />
    </header>
  )
}
