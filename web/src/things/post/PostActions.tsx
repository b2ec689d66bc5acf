import { Bookmark, Heart, MessageCircle, Send } from 'lucide-react'
import type { PostEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './PostActions.module.css'
import { usePostActions } from './use-post-actions.ts'

interface PostActionsProps {
  post: PostEntity
  username: string
  onComment: () => void
}

export function PostActions({ post, username, onComment }: PostActionsProps) {
  const actions = usePostActions(post, username)
  const { liked, saved } = post.viewer
  return (
    <div className={styles.actions}>
      <span className={liked ? styles.liked : undefined}>
        <IconButton
          icon={Heart}
          label={liked ? t('post.unlike') : t('post.like')}
          tone="accent"
          pressed={liked}
          onPress={actions.toggleLike}
        />
      </span>
      {post.comments_enabled && (
        <IconButton
          icon={MessageCircle}
          label={t('post.comment')}
          onPress={() => actions.comment(onComment)}
        />
      )}
      <IconButton icon={Send} label={t('post.share')} onPress={actions.share} />
      <span className={styles.space} />
      <IconButton
        icon={Bookmark}
        label={saved ? t('post.unsave') : t('post.save')}
        pressed={saved}
        onPress={actions.toggleSave}
      />
    </div>
  )
}
