import { Dialog as Radix } from 'radix-ui'
import { useState } from 'react'
import { LeaveMenu } from '../../../things/composing/LeaveMenu.tsx'
import { useDialogFocus } from '../../../things/composing/use-dialog-focus.ts'
import { useIncomingFiles } from '../../../things/composing/use-incoming-files.ts'
import { useUndoKeys } from '../../../things/composing/use-undo-keys.ts'
import { isWorthKeeping } from '../draft/draft.ts'
import { t } from '../messages.ts'
import type { Panel } from '../panels/panels.ts'
import { StartScreen } from '../start/StartScreen.tsx'
import { useDraft, useStory } from '../story-context.ts'
import styles from './StoryDialog.module.css'
import { Studio } from './Studio.tsx'
import { useStoryBack } from './use-story-back.ts'

/** Fills the screen: first what to begin with, then the frame with its tools. Closing asks first where there is something to lose. */
export function StoryDialog({ onClose }: { onClose: () => void }) {
  const session = useStory()
  const draft = useDraft()
  const [asking, setAsking] = useState(false)
  const [panel, setPanel] = useState<Panel | null>(null)
  const focus = useDialogFocus()
  const { dragging, handlers } = useIncomingFiles(session.addFiles)
  const handleLeave = () => {
    if (panel) setPanel(null)
    else if (isWorthKeeping(draft)) setAsking(true)
    else {
      session.discard()
      onClose()
    }
  }
  useStoryBack(handleLeave)
  const handleKeys = useUndoKeys(session)

  return (
    <Radix.Root open onOpenChange={(open) => !open && handleLeave()}>
      <Radix.Portal>
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className={styles.dialog}
          data-plate
          data-story-composer
          onKeyDown={handleKeys}
          {...handlers}
        >
          <Radix.Title className={styles.title}>{t('title')}</Radix.Title>
          {draft.begun ? (
            <Studio panel={panel} onPanel={setPanel} onLeave={handleLeave} onShared={onClose} />
          ) : (
            <StartScreen onLeave={handleLeave} />
          )}
          {dragging && <div className={styles.drop}>{t('start.drop')}</div>}
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
