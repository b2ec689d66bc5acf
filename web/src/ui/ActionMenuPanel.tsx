import type { LucideIcon } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { t } from '../kit/messages.ts'
import styles from './ActionMenu.module.css'
import { classes } from './classes.ts'
import { menuPlace } from './menu-place.ts'
import { useOpener } from './use-focus-return.ts'

export interface MenuAction {
  label: string
  icon?: LucideIcon
  /** Destructive ones stand last; a line parts them from the rest. */
  tone?: 'plain' | 'danger'
  onPress: () => void
}

export interface ActionMenuProps {
  open: boolean
  onClose: () => void
  /** Names the menu for screen readers. */
  label: string
  actions: readonly (MenuAction | false | undefined)[]
  /** Stands above them; `choose` closes the menu as an action does. */
  head?: (choose: (act: () => void) => void) => ReactNode
  /** A question that no single button asks: in the middle of the window, over a scrim. */
  centered?: boolean
}

/**
 * What one may do with a thing: at the button that opened it, a sheet under the thumb on a phone. The chosen action runs
 * after focus went back to the opener, so that a dialog it opens returns focus there, too.
 */
export default function ActionMenuPanel({ open, onClose, label, actions, head, centered }: ActionMenuProps) {
  const chosen = useRef<(() => void) | null>(null)
  const [opener, handleReturn] = useOpener(open, () => {
    const action = chosen.current
    chosen.current = null
    action?.()
  })
  const choose = (act: () => void) => {
    chosen.current = act
    onClose()
  }
  useCloseOnResize(open && !centered, onClose)
  const button = centered || opener === document.body ? null : opener
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay
          className={classes(styles.scrim, button && styles.clear)}
          data-scrim={!button || undefined}
        />
        <Radix.Content
          aria-describedby={undefined}
          className={classes(styles.menu, button && styles.placed)}
          style={button ? placeAt(button) : undefined}
          onCloseAutoFocus={handleReturn}
          onKeyDown={handleArrows}
        >
          <Radix.Title className={styles.title}>{label}</Radix.Title>
          {head?.(choose)}
          {actions.map(
            (action) =>
              action && (
                <button
                  key={action.label}
                  type="button"
                  className={classes(styles.action, action.tone === 'danger' && styles.danger)}
                  onClick={() => choose(action.onPress)}
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

/** Read by the styles of windows that are wider than a phone. */
function placeAt(button: HTMLElement): CSSProperties {
  const { innerWidth, innerHeight } = window
  const place = menuPlace(button.getBoundingClientRect(), {
    // Without the room of the scrollbar, which fixed things do not reach into.
    width: document.documentElement.clientWidth || innerWidth,
    height: innerHeight,
  })
  const px = (value: number | undefined) => (value === undefined ? 'auto' : `${Math.round(value)}px`)
  return {
    '--top': px(place.top),
    '--right': px(place.right),
    '--bottom': px(place.bottom),
    '--left': px(place.left),
    '--room': px(place.maxHeight),
  }
}

/** The arrows walk the menu, as Tab does. */
function handleArrows(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const here = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  buttons.at(to % buttons.length)?.focus()
}

/** Its button is elsewhere then. */
function useCloseOnResize(active: boolean, onClose: () => void): void {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    if (!active) return
    const handle = () => close.current()
    window.addEventListener('resize', handle)
    return () => window.removeEventListener('resize', handle)
  }, [active])
}
