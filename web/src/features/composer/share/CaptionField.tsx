import { limits } from '@tintype/contract'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { formatCount } from '../../../i18n.ts'
import { isComposing } from '../../../ui/composing.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import { checkCaption } from '../draft/post-text.ts'
import { t } from '../messages.ts'
import styles from './CaptionField.module.css'
import { complete, tokenAt } from './caption-token.ts'
import { SuggestionList } from './SuggestionList.tsx'
import { useSuggestions } from './use-suggestions.ts'

interface CaptionFieldProps {
  value: string
  onChange: (value: string) => void
}

/** The caption; what it completes shows below while a #tag or @name is being written. Enter or Tab takes, Esc closes. */
export function CaptionField({ value, onChange }: CaptionFieldProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
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
  const handleKey = (event: KeyboardEvent) => {
    if (!isOpen || isComposing(event)) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((active + step + suggestions.length) % suggestions.length)
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) take(active)
    else if (event.key === 'Escape') setCaret(null)
    else return
    event.preventDefault()
  }
  const check = checkCaption(value)
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {t('caption.label')}
      </label>
      <textarea
        ref={area}
        id={id}
        data-composer-focus
        className={styles.area}
        rows={4}
        value={value}
        placeholder={t('caption.placeholder')}
        aria-autocomplete="list"
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen ? `${id}-list-${active}` : undefined}
        aria-describedby={`${id}-note`}
        aria-invalid={!check.ok || undefined}
        onChange={(event) => {
          onChange(event.target.value)
          setCaret(event.target.selectionStart)
          setAt(0)
        }}
        onSelect={(event) => caret !== null && setCaret(event.currentTarget.selectionStart)}
        onBlur={() => setCaret(null)}
        onKeyDown={handleKey}
      />
      {isOpen && <SuggestionList id={`${id}-list`} suggestions={suggestions} active={active} onTake={take} />}
      <div id={`${id}-note`} className={check.ok ? styles.note : styles.error}>
        <span aria-live="polite">{noteOf(check)}</span>
        <span className={styles.count}>
          {formatCount(limits.caption - check.left)} / {formatCount(limits.caption)}
        </span>
      </div>
      <VisuallyHidden live>{isOpen ? t('caption.found', { count: suggestions.length }) : ''}</VisuallyHidden>
    </div>
  )
}

/** So few characters left are worth saying aloud. */
const NEAR_END = 100

function noteOf({ left, ok }: ReturnType<typeof checkCaption>): string {
  if (left < 0) return t('caption.over', { count: -left })
  if (!ok) return t('caption.tags')
  return left <= NEAR_END ? t('caption.left', { count: left }) : ''
}
