import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { FormEvent } from 'react'
import { useInstance } from '../../api/member.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { t } from '../../messages.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountFields } from './AccountFields.tsx'
import styles from './AuthPage.module.css'
import { AuthPage } from './AuthPage.tsx'
import { useRegister } from './use-register.ts'

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
      <p className={styles.switch}>
        {t('signUp.have')} <Link to="/login">{t('signUp.toLogin')}</Link>
      </p>
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
