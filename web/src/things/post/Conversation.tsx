import { useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { CaptionComment } from '../comments/CaptionComment.tsx'
import { CommentForm } from '../comments/CommentForm.tsx'
import { Comments } from '../comments/Comments.tsx'
import { LimitedNote } from '../comments/LimitedNote.tsx'
import { mayComment } from '../comments/may-comment.ts'
import type { ReplyTarget } from '../comments/reply-target.ts'
import styles from './Conversation.module.css'
import { LikesLine } from './LikesLine.tsx'
import { PostActions } from './PostActions.tsx'
import { PostHead } from './PostHead.tsx'
import { PostStatusNote } from './PostStatusNote.tsx'
import { focusCommentField } from './use-post-shortcuts.ts'

interface ConversationProps {
  post: PostEntity
  onDeleted: () => void
}

/** Beside the picture: caption and comments scroll, actions and the field stay. */
export function Conversation({ post, onDeleted }: ConversationProps) {
  const user = useUser(post.user_id)
  const [replyTo, setReplyTo] = useState<ReplyTarget | null>(null)
  const focus = () => focusCommentField(post.post_id)
  const handleReply = (target: ReplyTarget) => {
    setReplyTo(target)
    setTimeout(focus)
  }
  return (
    <div className={styles.side}>
      <div className={styles.head}>
        <PostHead post={post} onDeleted={onDeleted} hideTime />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={t('comments.title')}>
        <CaptionComment post={post} />
        <Comments post={post} onReply={handleReply} />
      </section>
      <div className={styles.foot}>
        <PostStatusNote post={post} />
        {post.status === 'published' && (
          <PostActions post={post} username={user?.username ?? ''} onComment={focus} />
        )}
        <LikesLine post={post} />
        <p className={styles.time}>
          <RelativeTime at={post.created_at} />
          {post.edited_at && ` · ${t('post.edited')}`}
        </p>
      </div>
      <LimitedNote post={post} />
      {mayComment(post) && (
        <div className={styles.form}>
          <CommentForm postId={post.post_id} replyTo={replyTo} onReplyDone={() => setReplyTo(null)} />
        </div>
      )}
    </div>
  )
}
