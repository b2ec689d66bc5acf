import type { Ref, TextareaHTMLAttributes } from 'react'
import { cutText } from './cut-text.ts'
import styles from './Field.module.css'
import { Field } from './Field.tsx'

type Native = Pick<
  TextareaHTMLAttributes<HTMLTextAreaElement>,
  'disabled' | 'maxLength' | 'name' | 'placeholder' | 'rows' | 'onKeyDown' | 'onSelect' | 'autoFocus'
>

interface TextAreaProps extends Native {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  hint?: string | undefined
  count?: string | undefined
  ref?: Ref<HTMLTextAreaElement>
}

/** Grows with its text. */
export function TextArea({
  label,
  value,
  onChange,
  error,
  hint,
  count,
  maxLength,
  ref,
  ...native
}: TextAreaProps) {
  return (
    <Field label={label} error={error} hint={hint} count={count}>
      {({ id, describedBy, invalid }) => (
        <textarea
          rows={3}
          {...native}
          ref={ref}
          id={id}
          value={value}
          className={styles.input}
          aria-describedby={describedBy}
          aria-invalid={invalid}
          onChange={(event) => onChange(cutText(event.target.value, maxLength))}
        />
      )}
    </Field>
  )
}
