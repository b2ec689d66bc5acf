import { useMutation } from '@tanstack/react-query'
import { limits } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { type FormErrors, placeError } from '../../things/account/field-errors.ts'
import { t } from '../../things/account/messages.ts'
import { PasswordStrength } from '../../things/account/PasswordStrength.tsx'
import styles from '../../things/account/Sections.module.css'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { toast } from '../../ui/toast.ts'
import { t as words } from './section-messages.ts'

const fieldOf = { password_weak: 'next' } as const

export function PasswordSection() {
  const me = useMember()
  const [next, setNext] = useState('')
  const [errors, setErrors] = useState<FormErrors<'next'>>({ fields: {} })
  const change = useMutation({
    mutationFn: () => api.accounts.changePassword({ body: { new_password: next } }),
    onSuccess: () => {
      setNext('')
      setErrors({ fields: {} })
      toast(words('changePassword.done'))
    },
    onError: (error) => setErrors(placeError(error, fieldOf)),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (next) change.mutate()
    else setErrors({ fields: { next: t('field.required') } })
  }
  return (
    <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      {errors.form && <FormError text={errors.form} />}
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <PasswordField
        label={words('changePassword.new')}
        autoComplete="new-password"
        maxLength={limits.passwordMax}
        value={next}
        onChange={setNext}
        error={errors.fields.next}
        hint={<PasswordStrength password={next} personal={[me.username, me.full_name]} />}
      />
      <p className={styles.note}>{words('changePassword.note')}</p>
      <div className={styles.start}>
        <Button label={words('changePassword.action')} type="submit" tone="primary" busy={change.isPending} />
      </div>
    </form>
  )
}
