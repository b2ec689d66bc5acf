import type { Live, LiveComment } from '@tintype/contract'
import { Check, Pin, PinOff, ShieldPlus, Trash2, UserX } from 'lucide-react'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { ActionMenu } from '../../ui/ActionMenu.tsx'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'

interface CommentMenuProps {
  live: Live
  comment: LiveComment
  open: boolean
  onClose: () => void
}

/** What its author, the host and moderators do with a comment, and with who wrote it. */
export default function CommentMenu({ live, comment, open, onClose }: CommentMenuProps) {
  const me = useMember()
  const { live_id, viewer, pinned, user: host } = live
  const { live_comment_id, user, held } = comment
  const name = user.username
  const isPinned = pinned?.live_comment_id === live_comment_id
  const act = (work: () => Promise<unknown>, done?: string) => () => {
    work().then(() => done && toast(done), reportError)
  }
  const person = { params: { live_id, username: name } }
  const isOther = user.user_id !== me.user_id && user.user_id !== host.user_id
  const pinning = {
    label: t(isPinned ? 'live.unpin' : 'live.pin'),
    icon: isPinned ? PinOff : Pin,
    onPress: act(() =>
      api.live.pin({
        params: { live_id },
        body: { live_comment_id: isPinned ? null : live_comment_id },
      }),
    ),
  }
  const approving = {
    label: t('live.approve'),
    icon: Check,
    onPress: act(() => api.live.approveComment({ params: { live_id, live_comment_id } })),
  }
  const taking = {
    label: t('live.take'),
    icon: Trash2,
    danger: true,
    onPress: act(() => api.live.deleteComment({ params: { live_id, live_comment_id } })),
  }
  const helping = {
    label: t('live.makeModerator', { name }),
    icon: ShieldPlus,
    onPress: act(() => api.live.addModerator(person), t('live.moderates', { name })),
  }
  const removing = {
    label: t('live.remove', { name }),
    icon: UserX,
    danger: true,
    onPress: act(() => api.live.removeViewer(person), t('live.removed', { name })),
  }
  return (
    <ActionMenu
      open={open}
      onClose={onClose}
      label={t('live.more', { name })}
      actions={[
        ...(viewer.moderates ? [held ? approving : pinning] : []),
        ...(viewer.is_host && isOther ? [helping] : []),
        taking,
        ...(viewer.moderates && isOther ? [removing] : []),
      ]}
    />
  )
}
