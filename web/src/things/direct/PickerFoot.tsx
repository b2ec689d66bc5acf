import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import styles from './PickerFoot.module.css'

interface PickerFootProps {
  label: string
  /** Nobody is chosen yet. */
  disabled: boolean
  busy: boolean
  error: string | undefined
  onPress: () => void
  /** What is said along, above the button. */
  children: ReactNode
}

/** Below people to choose from: what is done with those who are chosen. */
export function PickerFoot({ label, disabled, busy, error, onPress, children }: PickerFootProps) {
  return (
    <div className={styles.foot}>
      {children}
      {error && <FormError text={error} />}
      <Button
        label={label}
        tone="primary"
        size="large"
        wide
        disabled={disabled}
        busy={busy}
        onPress={onPress}
      />
    </div>
  )
}
