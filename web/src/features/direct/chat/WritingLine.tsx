import { SendHorizontal } from 'lucide-react'
import type { FormEvent, KeyboardEvent, ReactNode, RefObject } from 'react'
import { t } from '../../../things/direct/messages.ts'
import { isComposing } from '../../../ui/composing.ts'
import styles from './MessageForm.module.css'

interface WritingLineProps {
  field: RefObject<HTMLTextAreaElement | null>
  value: string
  onChange: (value: string) => void
  onSubmit: () => void
  onEscape: (() => void) | undefined
  disabled: boolean
  start?: ReactNode
}

export function WritingLine({
  field,
  value,
  onChange,
  onSubmit,
  onEscape,
  disabled,
  start,
}: WritingLineProps) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      onSubmit()
    } else if (event.key === 'Escape') onEscape?.()
  }
  return (
    <form className={styles.line} onSubmit={handleSubmit}>
      {start}
      <textarea
        ref={field}
        rows={1}
        className={styles.field}
        aria-label={t('write.label')}
        placeholder={t('write.placeholder')}
        value={value}
        dir="auto"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={handleKey}
      />
      <button type="submit" className={styles.send} aria-label={t('write.send')} disabled={disabled}>
        <SendHorizontal aria-hidden size={20} />
      </button>
    </form>
  )
}
