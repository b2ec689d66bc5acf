import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { t } from '../kit/messages.ts'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'
import { useFocusReturn } from './use-focus-return.ts'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** The title is announced but not drawn. */
  hideTitle?: boolean
  size?: 'small' | 'medium' | 'wide'
  /** Shown at the head's end, such as a "Save". */
  action?: ReactNode
  /** Fills the screen of a phone instead of rising as a sheet. */
  fullOnPhone?: boolean
  /** The body has no padding and does not scroll by itself. */
  bare?: boolean
  children: ReactNode
}

/** Rises 8 px; focus goes in, stays in and comes back; Esc, the scrim and the cross close it. */
export default function DialogPanel(props: DialogProps) {
  const { open, onClose, title, hideTitle, size = 'medium', action, fullOnPhone, bare, children } = props
  const handleReturn = useFocusReturn(open)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} data-scrim />
        <Radix.Content
          aria-describedby={undefined}
          className={classes(styles.dialog, styles[size], fullOnPhone && styles.full)}
          onCloseAutoFocus={handleReturn}
        >
          <header className={hideTitle ? styles.bareHead : styles.head}>
            <IconButton icon={X} size="small" label={t('action.close')} onPress={onClose} />
            <Radix.Title className={hideTitle ? styles.hiddenTitle : styles.title}>{title}</Radix.Title>
            <div className={styles.action}>{action}</div>
          </header>
          <div className={bare ? styles.bare : styles.body}>{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
