import { Flag, Pin, PinOff, Trash2 } from 'lucide-react'
import { api } from '../../data/client.ts'
import type { CommentEntity, UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { t } from '../../kit/messages.ts'
import ActionMenu from '../../ui/ActionMenuPanel.tsx'
import { t as reporting } from '../reporting/messages.ts'
import { openReport } from '../reporting/report-sheet.ts'
import { showPinned } from './comment-lists.ts'
import { t as words } from './review-messages.ts'

/** What one may do with a comment: its post's author, its writer, or who only reads it. */
interface CommentMenuProps {
  comment: CommentEntity
  user: UserEntity
  open: boolean
  onClose: () => void
  onDelete: () => void
  mayPin: boolean
}

export default function CommentMenu({ comment, user, open, onClose, onDelete, mayPin }: CommentMenuProps) {
  const me = useMe()
  const actions = [
    mayPin && {
      label: comment.pinned ? words('comment.unpin') : words('comment.pin'),
      icon: comment.pinned ? PinOff : Pin,
      onPress: () => void turnPin(comment),
    },
    me?.user_id !== user.user_id && {
      label: reporting('report.do'),
      icon: Flag,
      tone: 'danger' as const,
      onPress: () => {
        const { comment_id: id, post_id: partition } = comment
        openReport({ kind: 'comment', id, partition, user })
      },
    },
    comment.viewer.can_delete && {
      label: t('comments.delete'),
      icon: Trash2,
      tone: 'danger' as const,
      onPress: onDelete,
    },
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
