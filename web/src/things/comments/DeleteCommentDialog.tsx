import type { CommentId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { t } from '../../kit/messages.ts'
import { DeleteDialog } from '../../shell/DeleteDialog.tsx'
import { toast } from '../../ui/toast.ts'
import { dropComment } from './comment-lists.ts'

interface DeleteCommentDialogProps {
  commentId: CommentId
  open: boolean
  onClose: () => void
}

export function DeleteCommentDialog({ commentId, open, onClose }: DeleteCommentDialogProps) {
  return (
    <DeleteDialog
      open={open}
      onClose={onClose}
      title={t('comments.deleteTitle')}
      text={t('comments.deleteText')}
      remove={() => api.comments.delete({ params: { comment_id: commentId } })}
      onRemoved={() => {
        dropComment(commentId)
        toast(t('comments.deleted'))
      }}
    />
  )
}
