import { Archive, Trash2 } from 'lucide-react'
import { ActionMenu } from '../../../ui/ActionMenu.tsx'
import { toast } from '../../../ui/toast.ts'
import { t } from '../messages.ts'
import { useStory } from '../story-context.ts'

interface LeaveStoryProps {
  open: boolean
  onStay: () => void
  onLeave: () => void
}

/** Asked when the composer closes over an unfinished story. */
export function LeaveStory({ open, onStay, onLeave }: LeaveStoryProps) {
  const session = useStory()
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
        { label: t('leave.keep'), icon: Archive, onPress: () => void handleKeep() },
        { label: t('leave.discard'), icon: Trash2, tone: 'danger', onPress: handleDiscard },
      ]}
    />
  )
}
