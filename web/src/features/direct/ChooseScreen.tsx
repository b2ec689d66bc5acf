import { useIsPhone } from '../../shell/viewport.ts'
import { t } from '../../things/direct/messages.ts'
import { LetterTray } from '../../ui/drawings/LetterTray.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import styles from './DirectScreen.module.css'
import { NewMessageButton } from './inbox/NewMessageButton.tsx'

/** Beside the list while no conversation is open. */
export default function ChooseScreen() {
  if (useIsPhone()) return null
  return (
    <div className={styles.choose}>
      <EmptyState
        drawing={<LetterTray />}
        title={t('inbox.choose')}
        text={t('inbox.chooseText')}
        action={<NewMessageButton look="button" />}
      />
    </div>
  )
}
