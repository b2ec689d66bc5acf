import type { InputHTMLAttributes, ReactNode, Ref } from 'react'
import { cutText } from './cut-text.ts'
import styles from './Field.module.css'
import { Field } from './Field.tsx'

type Native = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  | 'autoComplete'
  | 'autoCapitalize'
  | 'autoFocus'
  | 'disabled'
  | 'inputMode'
  | 'maxLength'
  | 'name'
  | 'onBlur'
  | 'placeholder'
  | 'readOnly'
  | 'required'
  | 'spellCheck'
  | 'role'
  | 'onKeyDown'
  | 'aria-autocomplete'
  | 'aria-expanded'
  | 'aria-controls'
  | 'aria-activedescendant'
>

export interface TextFieldProps extends Native {
  label: string
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'email' | 'password' | 'url' | 'datetime-local'
  error?: string | undefined
  hint?: ReactNode
  count?: string | undefined
  /** A control inside the field's end. */
  action?: ReactNode
  ref?: Ref<HTMLInputElement>
}

export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  error,
  hint,
  count,
  action,
  maxLength,
  ref,
  ...native
}: TextFieldProps) {
  return (
    <Field label={label} error={error} hint={hint} count={count}>
      {({ id, describedBy, invalid }) => (
        <div className={action ? styles.withAction : undefined}>
          <input
            {...native}
            ref={ref}
            id={id}
            type={type}
            value={value}
            className={styles.input}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            onChange={(event) => onChange(cutText(event.target.value, maxLength))}
          />
          {action && <div className={styles.action}>{action}</div>}
        </div>
      )}
    </Field>
  )
}
