import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { DeleteDialog } from '../../shell/DeleteDialog.tsx'
import { toast } from '../../ui/toast.ts'
import { t as words } from './menu-messages.ts'

interface DeletePostDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
  /** The post's own page leaves. */
  onDeleted?: (() => void) | undefined
}

export function DeletePostDialog({ post, open, onClose, onDeleted }: DeletePostDialogProps) {
  const { post_id, user_id } = post
  const handleRemoved = () => {
    onDeleted?.()
    toast(words('postDelete.done'))
    entities.remove('posts', post_id)
    const author = entities.get('users', user_id)
    if (author?.posts_count) entities.merge('users', user_id, { posts_count: author.posts_count - 1 })
  }
  return (
    <DeleteDialog
      open={open}
      onClose={onClose}
      title={words('postDelete.title')}
      text={words('postDelete.text')}
      remove={() => api.posts.delete({ params: { post_id } })}
      onRemoved={handleRemoved}
    />
  )
}
