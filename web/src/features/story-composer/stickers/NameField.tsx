import { limits } from '@tintype/contract'
import { useEffect, useId, useRef } from 'react'
import { FoundNote } from '../../../editor/FoundNote.tsx'
import { SuggestionList } from '../../../editor/SuggestionList.tsx'
import { useCompletion } from '../../../editor/use-completion.ts'
import { t } from '../messages.ts'
import styles from './NameField.module.css'

interface NameFieldProps {
  kind: 'mention' | 'hashtag'
  /** With its sign. */
  value: string
  onChange: (value: string) => void
}

/** One @name or #tag, completed while it is written. Enter or Tab takes a suggestion, Esc closes them. */
export function NameField({ kind, value, onChange }: NameFieldProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const completion = useCompletion({ id, area, value, onChange: (text) => onChange(text.trimEnd()) })
  useEffect(() => {
    area.current?.focus()
    area.current?.setSelectionRange(area.current.value.length, area.current.value.length)
  }, [])
  const sign = kind === 'mention' ? '@' : '#'
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {t(`form.${kind}`)}
      </label>
      <textarea
        ref={area}
        id={id}
        className={styles.input}
        rows={1}
        value={value}
        maxLength={limits.hashtag + 1}
        autoCapitalize="none"
        spellCheck={false}
        {...completion.fieldProps}
        onChange={(event) => {
          const text = event.target.value.replace(/\s+/g, '')
          const written = text.startsWith(sign) ? text : `${sign}${text}`
          onChange(written)
          completion.typed(event.target.selectionStart + written.length - event.target.value.length)
        }}
        onKeyDown={(event) => {
          if (completion.takeKey(event) || event.key !== 'Enter') return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      {completion.list && (
        <div className={styles.list}>
          <SuggestionList {...completion.list} />
        </div>
      )}
      <FoundNote found={completion.found} />
    </div>
  )
}
