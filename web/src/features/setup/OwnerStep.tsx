import type { FormEvent } from 'react'
import { AccountFields } from '../../things/account/AccountFields.tsx'
import auth from '../../things/account/AuthPage.module.css'
import { t } from '../../things/account/messages.ts'
import type { useRegister } from '../../things/account/use-register.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import styles from './StepHead.module.css'
import { StepHead } from './StepHead.tsx'

interface OwnerStepProps {
  steps: number
  form: ReturnType<typeof useRegister>
  onBack: () => void
}

export function OwnerStep({ steps, form, onBack }: OwnerStepProps) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    form.submit()
  }
  return (
    <form ref={form.ref} className={auth.form} method="post" onSubmit={handleSubmit} noValidate>
      <StepHead n={3} of={steps} title={t('setup.owner.title')} text={t('setup.owner.text')} />
      {form.errors.form && <FormError text={form.errors.form} />}
      <AccountFields form={form} />
      <div className={styles.actions}>
        <Button label={t('setup.back')} size="large" onPress={onBack} />
        <Button label={t('setup.finish')} type="submit" tone="primary" size="large" wide busy={form.busy} />
      </div>
    </form>
  )
}
