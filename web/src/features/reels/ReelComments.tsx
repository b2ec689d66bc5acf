import { useState } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { CommentForm } from '../../things/comments/CommentForm.tsx'
import { Comments } from '../../things/comments/Comments.tsx'
import { LimitedNote } from '../../things/comments/LimitedNote.tsx'
import { mayComment } from '../../things/comments/may-comment.ts'
import type { ReplyTarget } from '../../things/comments/reply-target.ts'
import { focusCommentField } from '../../things/post/use-post-shortcuts.ts'
import Dialog from '../../ui/DialogPanel.tsx'
import styles from './ReelComments.module.css'

interface ReelCommentsProps {
  post: PostEntity
  open: boolean
  onClose: () => void
}

/** What is said of a reel, in a sheet over it; the film goes on. */
export default function ReelComments({ post, open, onClose }: ReelCommentsProps) {
  const [replyTo, setReplyTo] = useState<ReplyTarget | null>(null)
  const handleReply = (target: ReplyTarget) => {
    setReplyTo(target)
    setTimeout(() => focusCommentField(post.post_id))
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('comments.title')} bare>
      <div className={styles.sheet}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard */}
        <section className={styles.scroll} tabIndex={0} aria-label={t('comments.title')}>
          <Comments post={post} onReply={handleReply} />
        </section>
        <LimitedNote post={post} />
        {mayComment(post) && (
          <div className={styles.form}>
            <CommentForm postId={post.post_id} replyTo={replyTo} onReplyDone={() => setReplyTo(null)} />
          </div>
        )}
      </div>
    </Dialog>
  )
}
