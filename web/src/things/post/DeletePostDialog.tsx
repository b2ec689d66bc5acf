import { useMutation } from '@tanstack/react-query'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/toast.ts'

interface DeletePostDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
  /** The post's own page leaves. */
  onDeleted?: (() => void) | undefined
}

export function DeletePostDialog({ post, open, onClose, onDeleted }: DeletePostDialogProps) {
  const remove = useMutation({
    mutationFn: () => api.posts.delete({ params: { post_id: post.post_id } }),
    onSuccess: () => {
      onClose()
      onDeleted?.()
      toast(t('postDelete.done'))
      entities.remove('posts', post.post_id)
      const author = entities.get('users', post.user_id)
      if (author?.posts_count) entities.merge('users', post.user_id, { posts_count: author.posts_count - 1 })
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
      title={t('postDelete.title')}
      text={t('postDelete.text')}
      action={t('action.delete')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}
