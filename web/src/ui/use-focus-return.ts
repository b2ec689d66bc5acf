import { useEffect, useRef } from 'react'

/**
 * Where focus stood before a dialog without a trigger of its own opened. Answers a handler for
 * `onCloseAutoFocus`: gives focus back, then runs what waited for the dialog to be gone.
 */
export function useFocusReturn(open: boolean, onReturned?: () => void) {
  const opener = useRef<HTMLElement | null>(null)
  // Taken while rendering the opening: by the time effects run, the dialog has already moved focus inside.
  if (open && !opener.current && document.activeElement instanceof HTMLElement) {
    opener.current = document.activeElement
  }
  useEffect(() => {
    if (!open) return
    return () => {
      // Survives until onCloseAutoFocus, which fires as the content unmounts.
      queueMicrotask(() => {
        opener.current = null
      })
    }
  }, [open])
  return (event: Event) => {
    event.preventDefault()
    if (opener.current?.isConnected) opener.current.focus()
    opener.current = null
    onReturned?.()
  }
}
