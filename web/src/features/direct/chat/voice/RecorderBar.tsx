import { SendHorizontal, Trash2 } from 'lucide-react'
import { clockText } from '../../../../ui/clock-text.ts'
import { IconButton } from '../../../../ui/IconButton.tsx'
import form from '../MessageForm.module.css'
import { t } from './messages.ts'
import styles from './Voice.module.css'

interface RecorderBarProps {
  seconds: number
  onCancel: () => void
  onSend: () => void
}

/** In place of the writing line while somebody speaks. */
export function RecorderBar({ seconds, onCancel, onSend }: RecorderBarProps) {
  return (
    <div className={form.line}>
      <IconButton icon={Trash2} label={t('cancel')} onPress={onCancel} />
      <p className={styles.recording}>
        <span className={styles.light} aria-hidden="true" />
        <span role="timer" aria-label={t('recording', { time: clockText(seconds) })}>
          {clockText(seconds)}
        </span>
      </p>
      <button
        type="button"
        className={form.send}
        aria-label={t('send')}
        // biome-ignore lint/a11y/noAutofocus: the field that had the focus is gone
        autoFocus
        onClick={onSend}
      >
        <SendHorizontal aria-hidden size={20} />
      </button>
    </div>
  )
}
