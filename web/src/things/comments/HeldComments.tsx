import { useMutation } from '@tanstack/react-query'
import type { CommentId, PostId } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { useComment, useUser } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import Dialog from '../../ui/DialogPanel.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Comment.module.css'
import { dropHeld, heldOf, showApproved } from './comment-lists.ts'
import { t as words } from './review-messages.ts'
import { Said } from './Said.tsx'

/** Above the comments of one’s own post: that some wait, and what they say. Nothing where none does. */
export default function HeldComments({ postId }: { postId: PostId }) {
  const [open, setOpen] = useState(false)
  const { query, ids } = usePaged('comments', heldOf(postId))
  if (ids.length === 0 && !open) return null
  return (
    <>
      <button type="button" className={styles.held} onClick={() => setOpen(true)}>
        {query.hasNextPage ? words('held.more') : words('held.open', { count: ids.length })}
      </button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={words('held.title')}>
          <HeldList postId={postId} />
        </Dialog>
      )}
    </>
  )
}

/** Of one post, or of all of the member's. */
export function HeldList({ postId }: { postId?: PostId }) {
  const { query, ids, more } = usePaged('comments', heldOf(postId))
  return (
    <div className={styles.waiting}>
      <p className={styles.heldText}>{ids.length > 0 ? words('held.text') : words('held.empty')}</p>
      <ul className={styles.list}>
        {ids.map((id) => (
          <Held key={id} commentId={id} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          label={t('comments.more')}
          tone="quiet"
          wide
          busy={query.isFetchingNextPage}
          onPress={more.onMore}
        />
      )}
    </div>
  )
}

function Held({ commentId }: { commentId: CommentId }) {
  const comment = useComment(commentId)
  const user = useUser(comment?.user_id)
  const params = { comment_id: commentId }
  const approve = useMutation({
    mutationFn: () => api.commentReview.approve({ params }),
    onSuccess: (approved) => {
      showApproved(approved)
      toast(words('held.approved'))
    },
    onError: reportError,
  })
  const remove = useMutation({
    mutationFn: () => api.comments.delete({ params }),
    onSuccess: () => dropHeld(commentId),
    onError: reportError,
  })
  if (!comment || !user) return null
  const busy = approve.isPending || remove.isPending
  const name = user.username
  return (
    <li className={styles.comment}>
      <Avatar user={user} size={32} />
      <div className={styles.body}>
        <Said user={user} text={comment.text} facets={comment.facets} />
        <div className={styles.decide}>
          <Button
            label={words('held.approve')}
            describe={words('held.approveOf', { name })}
            tone="ink"
            size="small"
            disabled={busy}
            onPress={() => approve.mutate()}
          />
          <Button
            label={words('held.delete')}
            describe={words('held.deleteOf', { name })}
            tone="quiet"
            size="small"
            disabled={busy}
            onPress={() => remove.mutate()}
          />
        </div>
      </div>
    </li>
  )
}
