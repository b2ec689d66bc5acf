import { Link } from '@tanstack/react-router'
import type { CommentId } from '@tintype/contract'
import { useComment, useUser } from '../../data/entities/entities.ts'
import { RichText } from '../../ui/RichText.tsx'
import styles from './Comment.module.css'

/** A comment in one line, under a card. */
export function CommentLine({ commentId }: { commentId: CommentId }) {
  const comment = useComment(commentId)
  const user = useUser(comment?.user_id)
  if (!comment || !user) return null
  return (
    <p>
      <Link to="/$username" params={{ username: user.username }} className={styles.name}>
        {user.username}
      </Link>{' '}
      <RichText text={comment.text} facets={comment.facets} />
    </p>
  )
}
