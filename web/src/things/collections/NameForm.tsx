import { useMutation } from '@tanstack/react-query'
import { collectionLimits } from '@tintype/contract'
import { useState } from 'react'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { t } from './messages.ts'
import styles from './NameForm.module.css'

interface NameFormProps {
  label: string
  action: string
  initial?: string
  autoFocus?: boolean
  save: (name: string) => Promise<unknown>
  onSaved: (name: string) => void
}

/** The name of a collection. */
export function NameForm({ label, action, initial = '', autoFocus, save, onSaved }: NameFormProps) {
  const [name, setName] = useState(initial)
  const saving = useMutation({ mutationFn: save, onSuccess: (_, saved) => onSaved(saved) })
  return (
    <form
      className={styles.form}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() && !saving.isPending) saving.mutate(name.trim())
      }}
    >
      <TextField
        label={t('collection.name')}
        value={name}
        maxLength={collectionLimits.name}
        autoFocus={autoFocus}
        autoComplete="off"
        onChange={setName}
      />
      {saving.error && <FormError text={errorText(saving.error)} />}
      <Button
        type="submit"
        label={action}
        tone="primary"
        busy={saving.isPending}
        disabled={name.trim() === ''}
      />
    </form>
  )
}
