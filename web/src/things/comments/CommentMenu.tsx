import { Pin, PinOff, Trash2 } from 'lucide-react'
import { api } from '../../data/client.ts'
import type { CommentEntity, UserEntity } from '../../data/entities/types.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import ActionMenu from '../../ui/ActionMenuPanel.tsx'
import { showPinned } from './comment-lists.ts'
import { t as words } from './review-messages.ts'

/** Of a comment on one’s own post. */
interface CommentMenuProps {
  comment: CommentEntity
  user: UserEntity
  open: boolean
  onClose: () => void
  onDelete: () => void
}

export default function CommentMenu({ comment, user, open, onClose, onDelete }: CommentMenuProps) {
  const actions = [
    {
      label: comment.pinned ? words('comment.unpin') : words('comment.pin'),
      icon: comment.pinned ? PinOff : Pin,
      onPress: () => void turnPin(comment),
    },
    { label: t('comments.delete'), icon: Trash2, tone: 'danger' as const, onPress: onDelete },
  ]
  return (
    <ActionMenu
      open={open}
      onClose={onClose}
      label={words('comment.menu', { name: user.username })}
      actions={actions}
    />
  )
}

async function turnPin({ comment_id, pinned }: CommentEntity): Promise<void> {
  try {
    const turn = pinned ? api.commentReview.unpin : api.commentReview.pin
    showPinned(await turn({ params: { comment_id } }))
  } catch (error) {
    reportError(error)
  }
}
