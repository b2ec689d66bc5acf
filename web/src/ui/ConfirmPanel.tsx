import { Dialog as Radix } from 'radix-ui'
import { useRef } from 'react'
import { t } from '../kit/messages.ts'
import { Button } from './Button.tsx'
import styles from './ConfirmDialog.module.css'
import { useFocusReturn } from './use-focus-return.ts'

export interface ConfirmDialogProps {
  open: boolean
  onClose: () => void
  title: string
  text: string
  action: string
  busy?: boolean
  onConfirm: () => void
}

/** Asks before what cannot be undone. Focus starts on "Cancel". */
export default function ConfirmPanel({
  open,
  onClose,
  title,
  text,
  action,
  busy,
  onConfirm,
}: ConfirmDialogProps) {
  const handleReturn = useFocusReturn(open)
  const cancel = useRef<HTMLButtonElement>(null)
  const handleOpen = (event: Event) => {
    event.preventDefault()
    cancel.current?.focus()
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} data-scrim />
        <Radix.Content
          role="alertdialog"
          className={styles.dialog}
          onOpenAutoFocus={handleOpen}
          onCloseAutoFocus={handleReturn}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          <Radix.Description className={styles.text}>{text}</Radix.Description>
          <div className={styles.actions}>
            <Button ref={cancel} label={t('action.cancel')} wide onPress={onClose} />
            <Button label={action} tone="primary" wide busy={busy} onPress={onConfirm} />
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
