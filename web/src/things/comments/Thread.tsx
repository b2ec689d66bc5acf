import type { CommentId } from '@tintype/contract'
import { useState } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import { useListed } from '../../data/use-listed.ts'
import { t } from '../../kit/messages.ts'
import styles from './Comment.module.css'
import { CommentItem } from './CommentItem.tsx'
import { repliesOf } from './comment-lists.ts'
import type { ReplyTarget } from './reply-target.ts'

interface ThreadProps {
  commentId: CommentId
  onReply?: ((target: ReplyTarget) => void) | undefined
}

/** A comment and, when asked for, the replies under it. */
export function Thread({ commentId, onReply }: ThreadProps) {
  const comment = useListed('comments', commentId)
  const [open, setOpen] = useState(false)
  if (!comment) return null
  const count = comment.replies_count
  // Who answers sees what was answered before, and then the own answer below it.
  const handleReply =
    onReply &&
    ((target: ReplyTarget) => {
      setOpen(true)
      onReply(target)
    })
  return (
    <li className={styles.thread}>
      <CommentItem commentId={commentId} onReply={handleReply} />
      {count > 0 && (
        <button type="button" className={styles.replies} aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('comments.hideReplies') : t('comments.viewReplies', { count })}
        </button>
      )}
      {open && count > 0 && <Replies commentId={commentId} onReply={handleReply} />}
    </li>
  )
}

function Replies({ commentId, onReply }: ThreadProps) {
  const { query, ids, more } = usePaged('comments', repliesOf(commentId))
  return (
    <ul className={styles.nested}>
      {ids.map((id) => (
        <li key={id}>
          <CommentItem commentId={id} onReply={onReply} />
        </li>
      ))}
      {query.hasNextPage && (
        <li>
          <button type="button" className={styles.replies} onClick={more.onMore}>
            {t('comments.moreReplies')}
          </button>
        </li>
      )}
    </ul>
  )
}
