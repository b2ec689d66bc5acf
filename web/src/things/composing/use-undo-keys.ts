import type { KeyboardEvent } from 'react'

/** Ctrl or ⌘ with Z undoes, with Shift or Y redoes; in a text, that is the text's own. */
export function useUndoKeys({ undo, redo }: { undo: () => void; redo: () => void }) {
  return (event: KeyboardEvent) => {
    const isText =
      event.target instanceof HTMLElement &&
      event.target.matches('textarea, input:not([type=range], [type=radio], [type=checkbox])')
    if (isText || !(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) redo()
    else undo()
  }
}
