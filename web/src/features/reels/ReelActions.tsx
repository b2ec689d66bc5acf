import { Link } from '@tanstack/react-router'
import { Bookmark, Ellipsis, Heart, type LucideIcon, MessageCircle, Send } from 'lucide-react'
import { useState } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { formatShort } from '../../kit/i18n.ts'
import { t } from '../../kit/messages.ts'
import type { usePostActions } from '../../things/post/use-post-actions.ts'
import { t as words } from '../../things/reels/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import styles from './ReelActions.module.css'

const PostMenu = lazyWhenOpen(() => import('../../things/post/PostMenu.tsx'))

interface ReelActionsProps {
  post: PostEntity
  actions: ReturnType<typeof usePostActions>
  onComment: () => void
}

/** What one does with it, one below the other: on the film on a phone, beside it elsewhere. */
export function ReelActions({ post, actions, onComment }: ReelActionsProps) {
  const [menuOpen, setMenuOpen] = useState(false)
  const { liked, saved, is_author } = post.viewer
  const showsLikes = !post.likes_hidden || is_author
  return (
    <div className={styles.actions}>
      <Act
        icon={Heart}
        label={t(liked ? 'post.unlike' : 'post.like')}
        isAccent
        pressed={liked}
        count={showsLikes ? post.likes_count : undefined}
        said={t('post.likes', { count: post.likes_count })}
        onPress={actions.toggleLike}
      />
      {post.comments_enabled && (
        <Act
          icon={MessageCircle}
          label={t('comments.title')}
          count={post.comments_count}
          said={t('post.comments', { count: post.comments_count })}
          onPress={onComment}
        />
      )}
      <Act icon={Send} label={t('post.share')} onPress={actions.share} />
      <Act
        icon={Bookmark}
        label={t(saved ? 'post.unsave' : 'post.save')}
        pressed={saved}
        onPress={actions.toggleSave}
      />
      <Act icon={Ellipsis} label={t('post.menu')} onPress={() => setMenuOpen(true)} />
      {post.sound && (
        <Link
          to="/sounds/$soundId"
          params={{ soundId: post.sound.sound_id }}
          className={styles.sound}
          aria-label={words('sound.title', { name: post.sound.user.username })}
        >
          <Avatar user={post.sound.user} size={28} />
        </Link>
      )}
      <PostMenu post={post} open={menuOpen} onClose={() => setMenuOpen(false)} />
    </div>
  )
}

interface ActProps {
  icon: LucideIcon
  label: string
  onPress: () => void
  pressed?: boolean
  isAccent?: boolean
  count?: number | undefined
  /** The count for those who do not see it. */
  said?: string
}

function Act({ icon, label, onPress, pressed, isAccent, count, said }: ActProps) {
  return (
    <div className={pressed && isAccent ? styles.liked : undefined}>
      <IconButton
        icon={icon}
        label={label}
        tone={isAccent ? 'accent' : 'plain'}
        onPress={onPress}
        {...(pressed !== undefined && { pressed })}
      />
      {count !== undefined && (
        <span className={styles.count} role="img" aria-label={said}>
          {formatShort(count)}
        </span>
      )}
    </div>
  )
}
