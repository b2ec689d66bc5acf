import { useEffect, useRef } from 'react'
import { readStored } from '../data/storage.ts'

export type Shortcuts = Partial<Record<string, () => void>>

interface Scope {
  current: Shortcuts
  /** Keys it does not know go no further down: it covers what is below. */
  covers: boolean
}

const scopes: Scope[] = []

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=range])'))

const isOff = (): boolean => readStored('tintype.keys') === 'off'

/** A dialog that registered no keys of its own still hides the page below from them. */
const coveredByOther = (scope: Scope): boolean =>
  !scope.covers &&
  document.querySelector('[data-state=open]:is([role=dialog], [role=alertdialog], [role=menu])') !== null

function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
    return
  if (isOff()) return
  const key = event.key.toLowerCase()
  for (const scope of scopes.toReversed()) {
    if (coveredByOther(scope)) return
    const act = scope.current[key]
    if (act) {
      event.preventDefault()
      act()
      return
    }
    if (scope.covers) return
  }
}

/** Keys of a screen, while it is shown; the one shown last is asked first. Members can turn them off in the settings. */
export function useShortcuts(shortcuts: Shortcuts, { covers = false } = {}): void {
  const scope = useRef<Scope>({ current: shortcuts, covers })
  useEffect(() => {
    scope.current.current = shortcuts
  })
  useEffect(() => {
    const mine = scope.current
    if (scopes.length === 0) document.addEventListener('keydown', handleKey)
    scopes.push(mine)
    return () => {
      scopes.splice(scopes.indexOf(mine), 1)
      if (scopes.length === 0) document.removeEventListener('keydown', handleKey)
    }
  }, [])
}
