import type { CommentId } from '@tintype/contract'
import { useComment, useUser } from '../../data/entities/entities.ts'
import { Said } from './Said.tsx'

/** A comment in one line, under a card. */
export function CommentLine({ commentId }: { commentId: CommentId }) {
  const comment = useComment(commentId)
  const user = useUser(comment?.user_id)
  return comment && user && <Said user={user} text={comment.text} facets={comment.facets} />
}
