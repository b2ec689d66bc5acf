import { useRef } from 'react'

/**
 * Remembers where focus stood before a dialog without a trigger of its own opened. Answers that element, and a handler for
 * `onCloseAutoFocus`: gives focus back, then runs what waited for the dialog to be gone.
 */
export function useOpener(open: boolean, onReturned?: () => void) {
  const opener = useRef<HTMLElement | null>(null)
  const wasOpen = useRef(false)
  // Taken while rendering the opening: by the time effects run, the dialog has already moved focus inside.
  if (open && !wasOpen.current && document.activeElement instanceof HTMLElement) {
    opener.current = document.activeElement
  }
  wasOpen.current = open
  const handleReturn = (event: Event) => {
    event.preventDefault()
    if (opener.current?.isConnected) opener.current.focus({ preventScroll: true })
    onReturned?.()
  }
  return [opener.current, handleReturn] as const
}

export const useFocusReturn = (open: boolean) => useOpener(open)[1]
