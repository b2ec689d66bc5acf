import { useMutation } from '@tanstack/react-query'
import { BadgeCheck } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { patchMe, useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { type FormErrors, placeError } from '../../things/account/field-errors.ts'
import { t as common } from '../../things/account/messages.ts'
import styles from '../../things/account/Sections.module.css'
import { UnprovenAddress } from '../../things/account/UnprovenAddress.tsx'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { toast } from '../../ui/toast.ts'
import own from './EmailSection.module.css'
import { t } from './notice-messages.ts'

/** By what one is reached: whether it is proven, and another in its place. */
export function EmailSection() {
  const me = useMember()
  return (
    <div className={styles.form}>
      <p>{t('email.address', { email: me.email })}</p>
      {me.email_verified ? (
        <p className={own.verified}>
          <BadgeCheck aria-hidden size={18} />
          {t('email.verified')}
        </p>
      ) : (
        <UnprovenAddress email={me.email} />
      )}
      {me.email_pending ? <Pending email={me.email_pending} both={me.email_verified} /> : <ChangeForm />}
    </div>
  )
}

function Pending({ email, both }: { email: string; both: boolean }) {
  const cancel = useMutation({
    mutationFn: () => api.accounts.cancelEmailChange(),
    onSuccess: () => {
      patchMe({ email_pending: null })
      toast(t('email.cancelled'))
    },
    onError: reportError,
  })
  return (
    <div className={styles.card}>
      <p>{both ? t('email.pending', { email }) : t('email.pendingNew', { email })}</p>
      <div className={styles.start}>
        <Button label={t('email.cancel')} busy={cancel.isPending} onPress={() => cancel.mutate()} />
      </div>
    </div>
  )
}

const fieldOf = { email_taken: 'email', email_invalid: 'email' } as const

function ChangeForm() {
  const [email, setEmail] = useState('')
  const [errors, setErrors] = useState<FormErrors<'email'>>({ fields: {} })
  const change = useMutation({
    mutationFn: () => api.accounts.changeEmail({ body: { email: email.trim() } }),
    onSuccess: (pending) => patchMe({ email_pending: pending.email }),
    onError: (error) => setErrors(placeError(error, fieldOf)),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (email.trim()) change.mutate()
    else setErrors({ fields: { email: common('field.required') } })
  }
  return (
    <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      {errors.form && <FormError text={errors.form} />}
      <TextField
        label={t('email.new')}
        type="email"
        autoComplete="email"
        maxLength={254}
        value={email}
        onChange={setEmail}
        error={errors.fields.email}
      />
      <div className={styles.start}>
        <Button label={t('email.action')} type="submit" tone="primary" busy={change.isPending} />
      </div>
    </form>
  )
}
