import { useRef, useState } from 'react'

/**
 * For a composer's dialog (Radix): it has the focus itself when it opens, and gives it back to what had it; Esc closes suggestions before
 * the dialog.
 */
export function useDialogFocus() {
  const content = useRef<HTMLDivElement>(null)
  const [opener] = useState(() => document.activeElement)
  return {
    ref: content,
    onOpenAutoFocus(event: Event) {
      event.preventDefault()
      content.current?.focus()
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault()
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    },
    onEscapeKeyDown(event: Event) {
      if (document.activeElement?.hasAttribute('aria-activedescendant')) event.preventDefault()
    },
  }
}
