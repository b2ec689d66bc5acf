import { useMutation } from '@tanstack/react-query'
import { type Authenticated, TintypeError } from '@tintype/contract'
import { type FormEvent, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { usePageTitle } from '../../shell/page-title.ts'
import styles from '../../things/account/AuthPage.module.css'
import { CodeField } from '../../things/account/CodeField.tsx'
import { t as common } from '../../things/account/messages.ts'
import { PasskeyButton } from '../../things/account/PasskeyButton.tsx'
import { t } from '../../things/account/proof-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextField } from '../../ui/TextField.tsx'

interface SecondStepProps {
  challenge: string
  byPasskey: boolean
  refusalText: (error: unknown) => string
  onDone: (reply: Authenticated) => void
  onAgain: () => void
}

/** After the right password, where the account asks for more. */
export function SecondStep({ challenge, byPasskey, refusalText, onDone, onAgain }: SecondStepProps) {
  usePageTitle(t('step.title'))
  const [typed, setTyped] = useState('')
  const [recovery, setRecovery] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const enter = useMutation({
    mutationFn: () =>
      api.accounts.finishLogin({
        body: recovery ? { challenge, recovery_code: typed } : { challenge, code: typed },
      }),
    onSuccess: onDone,
    onError: () => field.current?.select(),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.trim()) enter.mutate()
    else field.current?.focus()
  }
  const handleOther = () => {
    setRecovery(!recovery)
    setTyped('')
    enter.reset()
  }
  const isOver = enter.error instanceof TintypeError && enter.error.code === 'challenge_invalid'
  const isForm = enter.error instanceof TintypeError && enter.error.code === 'validation_failed'
  const shown = { ref: field, value: typed, onChange: setTyped, autoFocus: true }
  return (
    <>
      <h1 className={styles.title}>{t('step.title')}</h1>
      <p className={styles.text}>{recovery ? t('step.recoveryText') : t('step.text')}</p>
      <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
        {enter.error && (
          <FormError
            text={isForm ? t('step.missing') : isOver ? errorText(enter.error) : refusalText(enter.error)}
          />
        )}
        {recovery ? (
          <TextField
            key="recovery"
            label={t('step.recovery')}
            autoComplete="off"
            spellCheck={false}
            {...shown}
          />
        ) : (
          <CodeField key="code" label={t('proof.code')} {...shown} />
        )}
        {isOver ? (
          <Button label={t('step.again')} tone="primary" size="large" wide onPress={onAgain} />
        ) : (
          <Button
            label={common('login.action')}
            type="submit"
            tone="primary"
            size="large"
            wide
            busy={enter.isPending}
          />
        )}
      </form>
      {byPasskey && !isOver && (
        <PasskeyButton
          label={t('proof.passkey')}
          size="large"
          send={(passkey) => api.accounts.finishLogin({ body: { challenge, passkey } })}
          onDone={onDone}
        />
      )}
      <p className={styles.switch}>
        <Button
          label={recovery ? t('step.byCode') : t('step.byRecovery')}
          tone="quiet"
          onPress={handleOther}
        />
      </p>
    </>
  )
}
