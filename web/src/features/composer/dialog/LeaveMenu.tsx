import { Archive, Trash2 } from 'lucide-react'
import { ActionMenu } from '../../../ui/ActionMenu.tsx'
import { toast } from '../../../ui/toast.ts'
import { useComposer } from '../composer-context.ts'
import { t } from '../messages.ts'

interface LeaveMenuProps {
  open: boolean
  onStay: () => void
  onLeave: () => void
}

/** Asked when the composer closes over an unfinished post. */
export function LeaveMenu({ open, onStay, onLeave }: LeaveMenuProps) {
  const { session } = useComposer()
  // Said once it is so: a page that is left at that moment would else take the draft with it.
  const handleKeep = async () => {
    await session.saveNow()
    toast(t('leave.kept'))
    onLeave()
  }
  const handleDiscard = () => {
    session.discard()
    onLeave()
  }
  return (
    <ActionMenu
      open={open}
      onClose={onStay}
      label={t('leave.title')}
      centered
      actions={[
        { label: t('leave.keep'), icon: Archive, onPress: handleKeep },
        { label: t('leave.discard'), icon: Trash2, tone: 'danger', onPress: handleDiscard },
      ]}
    />
  )
}
