import type { CommentId } from '@tintype/contract'
import { Ellipsis, Heart, Pin } from 'lucide-react'
import { useState } from 'react'
import { useComment, usePost, useUser } from '../../data/entities/entities.ts'
import { setCommentLiked } from '../../data/entities/intents.ts'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import styles from './Comment.module.css'
import { DeleteCommentDialog } from './DeleteCommentDialog.tsx'
import type { ReplyTarget } from './reply-target.ts'
import { t as words } from './review-messages.ts'
import { Said } from './Said.tsx'

const CommentMenu = lazyWhenOpen(() => import('./CommentMenu.tsx'))

interface CommentItemProps {
  commentId: CommentId
  /** Left out where comments are off. */
  onReply?: ((target: ReplyTarget) => void) | undefined
}

export function CommentItem({ commentId, onReply }: CommentItemProps) {
  const me = useMe()
  const comment = useComment(commentId)
  const user = useUser(comment?.user_id)
  const post = usePost(comment?.post_id)
  const author = useUser(post?.user_id)
  const [asking, setAsking] = useState<'menu' | 'delete' | null>(null)
  if (!comment || !user) return null
  const { liked, can_delete } = comment.viewer
  const { pinned, held } = comment
  const mayPin = Boolean(post?.viewer.is_author && comment.parent_comment_id === null && !held)
  // Of one's own there is nothing to do but delete it.
  const isOwn = me?.user_id === user.user_id
  const hasMenu = mayPin || (me !== null && !isOwn)
  const threadId = comment.parent_comment_id ?? commentId
  return (
    <div className={styles.comment}>
      <Avatar user={user} size={32} />
      <div className={styles.body}>
        <Said user={user} text={comment.text} facets={comment.facets} />
        <div className={styles.meta}>
          <RelativeTime at={comment.created_at} />
          {comment.likes_count > 0 && <span>{t('comments.likes', { count: comment.likes_count })}</span>}
          {pinned && (
            <span className={styles.pinned}>
              <Pin aria-hidden size={13} />
              {words('comment.pinned')}
            </span>
          )}
          {me && onReply && !held && (
            <button
              type="button"
              className={styles.action}
              aria-label={t('comments.replyTo', { name: user.username })}
              onClick={() => onReply({ threadId, username: user.username })}
            >
              {t('comments.reply')}
            </button>
          )}
          {(can_delete || (me && !isOwn)) && (
            <span className={styles.menu}>
              <IconButton
                icon={Ellipsis}
                size="small"
                label={
                  hasMenu
                    ? words('comment.menu', { name: user.username })
                    : `${t('comments.delete')}: ${user.username}`
                }
                onPress={() => setAsking(hasMenu ? 'menu' : 'delete')}
              />
            </span>
          )}
        </div>
        {comment.removed && <p className={styles.heldText}>{words('comment.removed')}</p>}
        {held && <p className={styles.heldText}>{words('comment.held', { name: author?.username ?? '' })}</p>}
      </div>
      {me && !held && (
        <span className={styles.like}>
          <IconButton
            icon={Heart}
            size="small"
            tone="accent"
            pressed={liked}
            label={t('comments.like', { name: user.username })}
            onPress={() => void setCommentLiked(commentId, !liked)}
          />
        </span>
      )}
      {hasMenu && (
        <CommentMenu
          mayPin={mayPin}
          comment={comment}
          user={user}
          open={asking === 'menu'}
          onClose={() => setAsking((now) => (now === 'menu' ? null : now))}
          onDelete={() => setAsking('delete')}
        />
      )}
      {comment.viewer.can_delete && (
        <DeleteCommentDialog
          commentId={commentId}
          open={asking === 'delete'}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  )
}
