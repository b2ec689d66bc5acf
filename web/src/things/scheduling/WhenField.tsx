import { TextField } from '../../ui/TextField.tsx'
import { t } from './messages.ts'
import { faultOf, instantOf, zoneName } from './when.ts'

interface WhenFieldProps {
  /** As the field has it: `2026-05-03T18:30`. */
  value: string
  onChange: (value: string) => void
}

/** A time on the reader's own clock. */
export function WhenField({ value, onChange }: WhenFieldProps) {
  const fault = faultOf(instantOf(value), Date.now())
  return (
    <TextField
      type="datetime-local"
      label={t('when.label')}
      hint={t('when.hint', { zone: zoneName() })}
      error={fault ? t(`when.${fault}`) : undefined}
      value={value}
      onChange={onChange}
    />
  )
}
