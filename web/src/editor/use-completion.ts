import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { isComposing } from '../ui/composing.ts'
import { complete, tokenAt } from './text-token.ts'
import { useSuggestions } from './use-suggestions.ts'

interface Completing {
  /** Of the text; the list's is made from it. */
  id: string
  area: RefObject<HTMLTextAreaElement | null>
  value: string
  onChange: (value: string) => void
}

/** Completes a #tag or @name while it is written: arrows choose, Enter or Tab takes, Escape closes. */
export function useCompletion({ id, area, value, onChange }: Completing) {
  const [caret, setCaret] = useState<number | null>(null)
  const [at, setAt] = useState(0)
  const token = caret === null ? undefined : tokenAt(value, caret)
  const suggestions = useSuggestions(token)
  const isOpen = token !== undefined && suggestions.length > 0
  const active = Math.min(at, suggestions.length - 1)
  const nextCaret = useRef<number | null>(null)
  useEffect(() => {
    if (nextCaret.current === null) return
    area.current?.setSelectionRange(nextCaret.current, nextCaret.current)
    nextCaret.current = null
  })

  const take = (index: number) => {
    const chosen = suggestions[index]
    if (!token || !chosen) return
    const done = complete(value, token, chosen.value)
    nextCaret.current = done.caret
    onChange(done.text)
    setCaret(null)
    area.current?.focus()
  }
  /** True where the key was for the list. */
  const takeKey = (event: KeyboardEvent): boolean => {
    if (!isOpen || isComposing(event)) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((active + step + suggestions.length) % suggestions.length)
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) take(active)
    else if (event.key === 'Escape') setCaret(null)
    else return false
    event.preventDefault()
    return true
  }
  return {
    takeKey,
    found: isOpen ? suggestions.length : 0,
    /** What the text area is told of the list. */
    fieldProps: {
      'aria-autocomplete': 'list',
      'aria-controls': isOpen ? `${id}-list` : undefined,
      'aria-activedescendant': isOpen ? `${id}-list-${active}` : undefined,
      onSelect: () => caret !== null && setCaret(area.current?.selectionStart ?? null),
      onBlur: () => setCaret(null),
    } as const,
    /** To be called with where the caret is after the text was changed by typing. */
    typed: (position: number) => {
      setCaret(position)
      setAt(0)
    },
    list: isOpen ? { id: `${id}-list`, suggestions, active, onTake: take } : undefined,
  }
}
