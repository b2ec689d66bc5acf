import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import account from '../account/Sections.module.css'
import { lengthText, t } from './messages.ts'

interface ReminderDialogProps {
  open: boolean
  /** Of today. */
  minutes: number
  onClose: () => void
}

/** Says that the time which the member set themself is over; what they do about it is theirs. */
export const ReminderDialog = ({ open, minutes, onClose }: ReminderDialogProps) => (
  <Dialog open={open} onClose={onClose} title={t('time.over')} size="small">
    <div className={account.form}>
      <p className={account.note}>{t('time.overText', { time: lengthText(minutes) })}</p>
      <Button label={t('time.ok')} tone="primary" wide onPress={onClose} />
      <ButtonLink
        to="/settings/$section"
        params={{ section: 'time' }}
        label={t('time.change')}
        tone="quiet"
        wide
        onClick={onClose}
      />
    </div>
  </Dialog>
)
