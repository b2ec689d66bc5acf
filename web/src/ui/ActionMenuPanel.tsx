import type { LucideIcon } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef } from 'react'
import { t } from '../messages.ts'
import styles from './ActionMenu.module.css'
import { classes } from './classes.ts'
import { useFocusReturn } from './use-focus-return.ts'

export interface MenuAction {
  label: string
  icon?: LucideIcon
  tone?: 'plain' | 'danger'
  onPress: () => void
}

export interface ActionMenuProps {
  open: boolean
  onClose: () => void
  /** Names the menu for screen readers. */
  label: string
  actions: readonly (MenuAction | false | undefined)[]
}

/**
 * What one may do with a thing: a centred list with a mouse, a sheet under the thumb on a phone. The chosen
 * action runs after focus went back to the opener, so that a dialog it opens returns focus there, too.
 */
export default function ActionMenuPanel({ open, onClose, label, actions }: ActionMenuProps) {
  const chosen = useRef<(() => void) | null>(null)
  const handleReturn = useFocusReturn(open, () => {
    const action = chosen.current
    chosen.current = null
    action?.()
  })
  const choose = (action: MenuAction) => {
    chosen.current = action.onPress
    onClose()
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content aria-describedby={undefined} className={styles.menu} onCloseAutoFocus={handleReturn}>
          <Radix.Title className={styles.title}>{label}</Radix.Title>
          {actions.map(
            (action) =>
              action && (
                <button
                  key={action.label}
                  type="button"
                  className={classes(styles.action, action.tone === 'danger' && styles.danger)}
                  onClick={() => choose(action)}
                >
                  {action.icon && <action.icon aria-hidden size={20} />}
                  {action.label}
                </button>
              ),
          )}
          <button type="button" className={classes(styles.action, styles.cancel)} onClick={onClose}>
            {t('action.cancel')}
          </button>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
