import type { ExploreReason } from '@tintype/contract'
import { Dialog } from '../../ui/Dialog.tsx'
import { t } from './messages.ts'
import { reasonText } from './reason.ts'
import styles from './WhyDialog.module.css'

interface WhyDialogProps {
  why: ExploreReason
  open: boolean
  onClose: () => void
}

/** Says why a post is in explore. */
export function WhyDialog({ why, open, onClose }: WhyDialogProps) {
  return (
    <Dialog title={t('why.title')} open={open} onClose={onClose} size="small">
      <p className={styles.text}>{reasonText(why)}</p>
    </Dialog>
  )
}
