import { useEffect, useRef } from 'react'

/** What the space bar presses by itself. */
const PRESSED = 'button, a, input, select, textarea, summary, [contenteditable]'

/** The space bar plays and holds the film that is looked at; what has the focus keeps it where it presses that. */
export function useSpace(isOn: boolean, act: () => void): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    if (!isOn) return
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
        return
      if (event.target instanceof Element && event.target.closest(`${PRESSED}, [role=dialog]`)) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', handleKey)
    return () => document.removeEventListener('keydown', handleKey)
  }, [isOn])
}
