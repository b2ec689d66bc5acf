import { useMutation } from '@tanstack/react-query'
import type { CommentId } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/toast.ts'
import { dropComment } from './comment-lists.ts'

interface DeleteCommentDialogProps {
  commentId: CommentId
  open: boolean
  onClose: () => void
}

export function DeleteCommentDialog({ commentId, open, onClose }: DeleteCommentDialogProps) {
  const remove = useMutation({
    mutationFn: () => api.comments.delete({ params: { comment_id: commentId } }),
    onSuccess: () => {
      onClose()
      dropComment(commentId)
      toast(t('comments.deleted'))
    },
    onError: (error) => {
      onClose()
      reportError(error)
    },
  })
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t('comments.deleteTitle')}
      text={t('comments.deleteText')}
      action={t('action.delete')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}
