import type { KeyboardEvent } from 'react'
import type { ComposerSession } from '../session.ts'

/** Ctrl or ⌘ with Z undoes, with Shift or Y redoes; in a text, that is the text's own. */
export function useUndoKeys(session: ComposerSession) {
  return (event: KeyboardEvent) => {
    const isText =
      event.target instanceof HTMLElement &&
      event.target.matches('textarea, input:not([type=range], [type=radio])')
    if (isText || !(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    session.dispatch({ type: key === 'y' || event.shiftKey ? 'redone' : 'undone' })
  }
}
