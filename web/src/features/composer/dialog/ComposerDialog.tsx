import { Dialog as Radix } from 'radix-ui'
import { useState } from 'react'
import { LeaveMenu } from '../../../things/composing/LeaveMenu.tsx'
import { useDialogFocus } from '../../../things/composing/use-dialog-focus.ts'
import { useIncomingFiles } from '../../../things/composing/use-incoming-files.ts'
import { useUndoKeys } from '../../../things/composing/use-undo-keys.ts'
import { classes } from '../../../ui/classes.ts'
import { useComposer, useDraft } from '../composer-context.ts'
import { t } from '../messages.ts'
import { PickStep } from '../pick/PickStep.tsx'
import { RefusedFiles } from '../pick/RefusedFiles.tsx'
import styles from './ComposerDialog.module.css'
import { ComposerHeader } from './ComposerHeader.tsx'
import { useBackSteps } from './use-back-steps.ts'
import { Workbench } from './Workbench.tsx'

interface ComposerDialogProps {
  onClose: () => void
}

/** The way a picture gets in: choose, crop, edit, share. Closing asks first where there is something to lose. */
export function ComposerDialog({ onClose }: ComposerDialogProps) {
  const { session } = useComposer()
  const draft = useDraft()
  const [asking, setAsking] = useState(false)
  const focus = useDialogFocus()
  const handleLeave = () => (draft.shots.present.length > 0 ? setAsking(true) : onClose())
  const { dragging, handlers } = useIncomingFiles(session.addFiles)
  useBackSteps(handleLeave)
  const handleUndoKey = useUndoKeys({
    undo: () => session.dispatch({ type: 'undone' }),
    redo: () => session.dispatch({ type: 'redone' }),
  })

  return (
    <Radix.Root open onOpenChange={(open) => !open && handleLeave()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} data-scrim />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className={classes(styles.dialog, dragging && styles.dragging)}
          data-composer
          onKeyDown={handleUndoKey}
          {...handlers}
        >
          <Radix.Title className={styles.title}>{t('title')}</Radix.Title>
          <ComposerHeader onLeave={handleLeave} onShared={onClose} />
          <RefusedFiles />
          {draft.step === 'pick' ? <PickStep /> : <Workbench step={draft.step} />}
          {dragging && <div className={styles.drop}>{t('pick.drop')}</div>}
          <LeaveMenu
            open={asking}
            title={t('leave.title')}
            kept={t('leave.kept')}
            session={session}
            onStay={() => setAsking(false)}
            onLeave={onClose}
          />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
