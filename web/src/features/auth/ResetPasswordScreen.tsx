import { useMutation } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { limits, TintypeError } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { type FormErrors, placeError } from '../../things/account/field-errors.ts'
import { t as common } from '../../things/account/messages.ts'
import { PasswordStrength } from '../../things/account/PasswordStrength.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Safelight } from '../../ui/drawings/Safelight.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { LinkBad } from './MailedLinks.tsx'
import { t } from './messages.ts'

/** The link is used by the form alone; to look at it uses nothing up. */
export default function ResetPasswordScreen() {
  usePageTitle(t('reset.title'))
  const { token } = useSearch({ from: '/reset-password' })
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<FormErrors<'password'>>({ fields: {} })
  const set = useMutation({
    mutationFn: (given: string) =>
      api.accounts.resetPassword({ body: { token: given, new_password: password } }),
    onError: (error) => setErrors(placeError(error, { password_weak: 'password' })),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (token && password) set.mutate(token)
    else setErrors({ fields: { password: common('field.required') } })
  }
  if (!token || (set.error instanceof TintypeError && set.error.code === 'link_invalid'))
    return (
      <AuthPage>
        <LinkBad to="/forgot-password" label={t('link.again')} />
      </AuthPage>
    )
  if (set.isSuccess)
    return (
      <AuthPage>
        <EmptyState
          main
          drawing={<Safelight />}
          title={t('reset.done')}
          text={t('reset.doneText')}
          action={<ButtonLink to="/login" label={common('login.action')} tone="primary" />}
        />
      </AuthPage>
    )
  return (
    <AuthPage>
      <h1 className={styles.title}>{t('reset.title')}</h1>
      <p className={styles.text}>{t('reset.note')}</p>
      <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
        {errors.form && <FormError text={errors.form} />}
        <PasswordField
          label={t('reset.field')}
          autoComplete="new-password"
          maxLength={limits.passwordMax}
          value={password}
          onChange={setPassword}
          error={errors.fields.password}
          hint={<PasswordStrength password={password} personal={[]} />}
        />
        <Button
          label={t('reset.action')}
          type="submit"
          tone="primary"
          size="large"
          wide
          busy={set.isPending}
        />
      </form>
    </AuthPage>
  )
}
