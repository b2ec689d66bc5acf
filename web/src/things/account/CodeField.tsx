import type { Ref } from 'react'
import { TextField } from '../../ui/TextField.tsx'

interface CodeFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

/** Six digits of an authenticator app; phones offer the digits, and password managers the code. */
export const CodeField = (props: CodeFieldProps) => (
  <TextField
    {...props}
    name="one-time-code"
    autoComplete="one-time-code"
    inputMode="numeric"
    maxLength={12}
    spellCheck={false}
  />
)
