import { useState } from 'react'
import type { UserEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { toast } from '../../ui/toast.ts'
import { setBlocking } from './ties.ts'

interface BlockDialogProps {
  user: UserEntity
  open: boolean
  onClose: () => void
}

export function BlockDialog({ user, open, onClose }: BlockDialogProps) {
  const [busy, setBusy] = useState(false)
  const handleConfirm = async () => {
    setBusy(true)
    const blocked = await setBlocking(user.user_id, true)
    setBusy(false)
    onClose()
    if (blocked) toast(t('profile.blocked', { name: user.username }))
  }
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      title={t('profile.blockTitle', { name: user.username })}
      text={t('profile.blockText')}
      action={t('profile.block')}
      busy={busy}
      onConfirm={() => void handleConfirm()}
    />
  )
}
