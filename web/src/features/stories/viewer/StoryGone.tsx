import { X } from 'lucide-react'
import { t as shared } from '../../../kit/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import styles from './StoryViewer.module.css'

interface StoryGoneProps {
  title: string
  text: string
  onClose: () => void
  onRetry?: (() => void) | undefined
}

/** There is nothing to see: why, and how to leave. */
export function StoryGone({ title, text, onClose, onRetry }: StoryGoneProps) {
  return (
    <>
      <Close onClose={onClose} />
      <div className={styles.gone} role="status">
        <p className={styles.goneTitle}>{title}</p>
        <p className={styles.goneText}>{text}</p>
        {onRetry && <Button label={shared('action.retry')} onPress={onRetry} />}
      </div>
    </>
  )
}

export function StoryWaiting({ onClose }: { onClose: () => void }) {
  return (
    <>
      <Close onClose={onClose} />
      <div className={styles.gone}>
        <Spinner label={shared('state.loading')} />
      </div>
    </>
  )
}

function Close({ onClose }: { onClose: () => void }) {
  return (
    <span className={styles.close}>
      <IconButton icon={X} tone="veil" label={shared('action.close')} onPress={onClose} />
    </span>
  )
}
