import { Archive, Trash2 } from 'lucide-react'
import { ActionMenu } from '../../ui/ActionMenu.tsx'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'

interface LeaveMenuProps {
  open: boolean
  title: string
  /** Said of the draft that is kept. */
  kept: string
  session: { saveNow(): Promise<void>; discard(): void }
  onStay: () => void
  onLeave: () => void
}

/** Asked when a composer closes over something unfinished. */
export function LeaveMenu({ open, title, kept, session, onStay, onLeave }: LeaveMenuProps) {
  // Said once it is so: a page that is left at that moment would else take the draft with it.
  const handleKeep = async () => {
    await session.saveNow()
    toast(kept)
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
      label={title}
      centered
      actions={[
        { label: t('leave.keep'), icon: Archive, onPress: () => void handleKeep() },
        { label: t('leave.discard'), icon: Trash2, tone: 'danger', onPress: handleDiscard },
      ]}
    />
  )
}
