import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useInstance } from '../../data/member.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import { AccountFields } from '../../things/account/AccountFields.tsx'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { t } from '../../things/account/messages.ts'
import { OpenIdSlot } from '../../things/account/openid/OpenIdSlot.tsx'
import { useRegister } from '../../things/account/use-register.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'

export default function SignUpScreen() {
  const { invitation = '' } = useSearch({ from: '/visitor/signup' })
  const instance = useInstance()
  const navigate = useNavigate()
  const name = instance?.name ?? 'Tintype'
  usePageTitle(t('signUp.title', { name }))
  const form = useRegister({ invitation }, () => void navigate({ to: '/' }))
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    form.submit()
  }
  if (instance?.openid?.only) return <OnlyThere />
  if (instance?.registration === 'closed') return <Closed name={name} />
  const byInvitation = instance?.registration === 'invitation'
  return (
    <AuthPage>
      <h1 className={styles.title}>{t('signUp.title', { name })}</h1>
      <p className={styles.text}>{byInvitation ? t('signUp.invited') : t('signUp.text')}</p>
      <form ref={form.ref} className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
        {form.errors.form && <FormError text={form.errors.form} />}
        {byInvitation && (
          <TextField
            label={t('field.invitation')}
            value={form.values.invitation}
            onChange={form.set('invitation')}
            error={form.errors.fields.invitation}
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
        <AccountFields form={form} />
        <Button label={t('signUp.action')} type="submit" tone="primary" size="large" wide busy={form.busy} />
      </form>
      <OpenIdSlot />
      <p className={styles.switch}>
        {t('signUp.have')} <Link to="/login">{t('signUp.toLogin')}</Link>
      </p>
    </AuthPage>
  )
}

/** Where accounts are made by a log-in elsewhere alone. */
function OnlyThere() {
  return (
    <AuthPage>
      <h1 className={styles.title}>{t('login.title')}</h1>
      <OpenIdSlot />
    </AuthPage>
  )
}

function Closed({ name }: { name: string }) {
  return (
    <AuthPage>
      <EmptyState
        main
        drawing={<DarkCloth />}
        title={t('signUp.closed.title', { name })}
        text={t('signUp.closed.text')}
        action={<ButtonLink to="/login" label={t('login.action')} tone="primary" />}
      />
    </AuthPage>
  )
}
