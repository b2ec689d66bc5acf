import { useMutation } from '@tanstack/react-query'
import { type Authenticated, limits, type OpenIdUnknown } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { useInstance } from '../../data/member.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { type FormErrors, placeError } from '../../things/account/field-errors.ts'
import { t as account } from '../../things/account/messages.ts'
import { t } from '../../things/account/openid/messages.ts'
import { useErrorFocus } from '../../things/account/use-error-focus.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'

const fieldOf = {
  username_taken: 'username',
  username_invalid: 'username',
  username_reserved: 'username',
  email_taken: 'email',
  email_invalid: 'email',
  invitation_invalid: 'invitation',
} as const
type Field = (typeof fieldOf)[keyof typeof fieldOf]

interface OpenIdSignUpProps {
  known: OpenIdUnknown
  onDone: (reply: Authenticated) => void
}

/** For who comes for the first time: no password, and what the other place says is filled in. */
export function OpenIdSignUp({ known, onDone }: OpenIdSignUpProps) {
  const instance = useInstance()
  const name = instance?.openid?.name ?? ''
  const title = t('signUp.title', { name: instance?.name ?? '' })
  usePageTitle(title)
  return (
    <>
      <h1 className={styles.title}>{title}</h1>
      {known.sign_up === 'closed' ? (
        <p className={styles.text}>{t('signUp.closed', { name })}</p>
      ) : (
        <>
          <p className={styles.text}>{t('signUp.text', { name })}</p>
          <Form known={known} name={name} onDone={onDone} />
        </>
      )}
      <p className={styles.switch}>{t('signUp.have', { name })}</p>
      <ButtonLink to="/login" label={t('openid.toLogin')} tone="quiet" />
    </>
  )
}

function useSignUp({ known, onDone }: OpenIdSignUpProps) {
  const { ticket, username, full_name, email } = known
  const [values, setValues] = useState({ username, full_name, email, invitation: '' })
  const [errors, setErrors] = useState<FormErrors<Field>>({ fields: {} })
  const [failures, setFailures] = useState(0)
  const register = useMutation({
    mutationFn: () => {
      const { invitation, ...rest } = values
      return api.openId.register({ body: { ticket, ...rest, ...(invitation ? { invitation } : {}) } })
    },
    onSuccess: onDone,
    onError: (error) => {
      setErrors(placeError<Field>(error, fieldOf))
      setFailures((count) => count + 1)
    },
  })
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (value: string) => setValues({ ...values, [name]: value }),
    error: errors.fields[name as Field],
  })
  const isProven = known.email_verified && values.email.trim() === email
  return { ref: useErrorFocus(failures), field, error: errors.form, register, isProven }
}

function Form({ known, name, onDone }: OpenIdSignUpProps & { name: string }) {
  const { ref, field, error, register, isProven } = useSignUp({ known, onDone })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    register.mutate()
  }
  return (
    <form ref={ref} className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      {error && <FormError text={error} />}
      {known.sign_up === 'invitation' && (
        <TextField
          label={account('field.invitation')}
          autoCapitalize="none"
          spellCheck={false}
          {...field('invitation')}
        />
      )}
      <TextField
        label={account('field.username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={limits.usernameMax}
        hint={account('field.usernameHint')}
        {...field('username')}
      />
      <TextField
        label={account('field.fullName')}
        autoComplete="name"
        maxLength={limits.fullName}
        {...field('full_name')}
      />
      <TextField
        label={account('field.email')}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        inputMode="email"
        {...(isProven ? { hint: t('signUp.proven', { name }) } : {})}
        {...field('email')}
      />
      <Button
        label={account('signUp.action')}
        type="submit"
        tone="primary"
        size="large"
        wide
        busy={register.isPending}
      />
    </form>
  )
}
