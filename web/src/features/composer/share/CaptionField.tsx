import { limits } from '@tintype/contract'
import { useId, useRef } from 'react'
import { FoundNote } from '../../../editor/FoundNote.tsx'
import { SuggestionList } from '../../../editor/SuggestionList.tsx'
import { useCompletion } from '../../../editor/use-completion.ts'
import { formatCount } from '../../../kit/i18n.ts'
import { checkCaption } from '../draft/post-text.ts'
import { t } from '../messages.ts'
import styles from './CaptionField.module.css'

interface CaptionFieldProps {
  value: string
  onChange: (value: string) => void
}

/** The caption; what it completes shows below while a #tag or @name is being written. Enter or Tab takes, Esc closes. */
export function CaptionField({ value, onChange }: CaptionFieldProps) {
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const completion = useCompletion({ id, area, value, onChange })
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
        {...completion.fieldProps}
        aria-describedby={`${id}-note`}
        aria-invalid={!check.ok || undefined}
        onChange={(event) => {
          onChange(event.target.value)
          completion.typed(event.target.selectionStart)
        }}
        onKeyDown={completion.takeKey}
      />
      {completion.list && <SuggestionList {...completion.list} />}
      <div id={`${id}-note`} className={check.ok ? styles.note : styles.error}>
        <span aria-live="polite">{noteOf(check)}</span>
        <span className={styles.count}>
          {formatCount(limits.caption - check.left)} / {formatCount(limits.caption)}
        </span>
      </div>
      <FoundNote found={completion.found} />
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
