import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { t as common } from '../../things/account/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Safelight } from '../../ui/drawings/Safelight.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { t } from './messages.ts'

/** Says the same whether or not somebody has the name. */
export default function ForgotPasswordScreen() {
  usePageTitle(t('forgot.title'))
  const [login, setLogin] = useState('')
  const [missing, setMissing] = useState(false)
  const ask = useMutation({
    mutationFn: () => api.accounts.forgotPassword({ body: { login: login.trim() } }),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(!login.trim())
    if (login.trim()) ask.mutate()
  }
  if (ask.isSuccess)
    return (
      <AuthPage>
        <EmptyState
          main
          drawing={<Safelight />}
          title={t('forgot.done')}
          text={t('forgot.doneText', { login: login.trim() })}
          action={<ButtonLink to="/login" label={t('forgot.back')} />}
        />
      </AuthPage>
    )
  return (
    <AuthPage>
      <h1 className={styles.title}>{t('forgot.title')}</h1>
      <p className={styles.text}>{t('forgot.text')}</p>
      <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
        {ask.error && <FormError text={errorText(ask.error)} />}
        <TextField
          label={common('field.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          value={login}
          onChange={setLogin}
          error={missing ? common('field.required') : undefined}
        />
        <Button
          label={t('forgot.action')}
          type="submit"
          tone="primary"
          size="large"
          wide
          busy={ask.isPending}
        />
      </form>
      <p className={styles.switch}>
        <ButtonLink to="/login" label={t('forgot.back')} tone="quiet" />
      </p>
    </AuthPage>
  )
}
