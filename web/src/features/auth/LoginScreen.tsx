import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import type { Authenticated } from '@tintype/contract'
import { type FormEvent, lazy, Suspense, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { beginSession, useInstance } from '../../data/member.ts'
import { useStored } from '../../data/storage.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { AuthPage } from '../../things/account/AuthPage.tsx'
import { t } from '../../things/account/messages.ts'
import { OpenIdSlot } from '../../things/account/openid/OpenIdSlot.tsx'
import { PasskeyButton } from '../../things/account/PasskeyButton.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { FilmEnd } from '../../ui/drawings/FilmEnd.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { refusalText, secondStepOf } from './refusals.ts'
import { SecondStep } from './SecondStep.tsx'
import { Suspended, suspensionOf } from './Suspended.tsx'

const GoOnAs = lazy(() => import('../../things/account/switcher/GoOnAs.tsx'))

export default function LoginScreen() {
  const { deleted } = useSearch({ from: '/visitor/login' })
  return <AuthPage>{deleted ? <Goodbye /> : <LogIn />}</AuthPage>
}

/** After an account was deleted. */
function Goodbye() {
  usePageTitle(t('goodbye.title'))
  return (
    <EmptyState
      main
      drawing={<FilmEnd />}
      title={t('goodbye.title')}
      text={t('goodbye.text')}
      action={<ButtonLink to="/explore" label={t('goodbye.action')} />}
    />
  )
}

function LogIn() {
  usePageTitle(t('login.title'))
  const { to } = useSearch({ from: '/visitor/login' })
  const instance = useInstance()
  const router = useRouter()
  const navigate = useNavigate()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const enter = useMutation({
    mutationFn: () => api.accounts.login({ body: { login: login.trim(), password } }),
    onSuccess: handleEntered,
    onError: () => field.current?.select(),
  })
  function handleEntered(reply: Authenticated) {
    beginSession(reply)
    // Only a path of this app is gone back to.
    if (to?.startsWith('/') && !to.startsWith('//')) router.history.replace(to)
    else void navigate({ to: '/', replace: true })
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (login.trim() && password) enter.mutate()
    else field.current?.focus()
  }
  const suspension = suspensionOf(enter.error)
  if (suspension) return <Suspended {...suspension} onBack={() => enter.reset()} />
  const step = secondStepOf(enter.error)
  if (step)
    return (
      <SecondStep {...step} refusalText={refusalText} onDone={handleEntered} onAgain={() => enter.reset()} />
    )
  return (
    <>
      <h1 className={styles.title}>{t('login.title')}</h1>
      <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
        {enter.error && <FormError text={refusalText(enter.error)} />}
        <TextField
          label={t('field.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={login}
          onChange={setLogin}
        />
        <PasswordField
          ref={field}
          label={t('field.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button
          label={t('login.action')}
          type="submit"
          tone="primary"
          size="large"
          wide
          busy={enter.isPending}
        />
      </form>
      <PasskeyButton
        label={t('login.passkey')}
        size="large"
        send={(passkey) => api.accounts.loginByPasskey({ body: { passkey } })}
        onDone={handleEntered}
      />
      <OpenIdSlot to={to} />
      <OtherAccounts />
      <p className={styles.switch}>
        <ButtonLink to="/forgot-password" label={t('login.forgot')} tone="quiet" />
      </p>
      {instance?.registration !== 'closed' && !instance?.openid?.only && (
        <p className={styles.switch}>
          {t('login.new')} <Link to="/signup">{t('login.toSignUp')}</Link>
        </p>
      )}
    </>
  )
}

/** Asked for only where this browser has had several. */
function OtherAccounts() {
  const areThere = useStored('tintype.accounts') !== null
  return (
    areThere && (
      <Suspense fallback={null}>
        <GoOnAs />
      </Suspense>
    )
  )
}
