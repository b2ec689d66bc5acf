import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { api } from '../../data/client.ts'
import { useInstance, useMe } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { CodeField } from './CodeField.tsx'
import { factorsQuery } from './factors-query.ts'
import { PasskeyButton } from './PasskeyButton.tsx'
import { t } from './proof-messages.ts'
import styles from './Sections.module.css'

const OpenIdProof = lazy(() => import('./openid/OpenIdProof.tsx'))

export interface ProofDialogProps {
  open: boolean
  onAnswer: (proven: boolean) => void
}

/** Asks for the password, or a code where there is an app; what is typed is forgotten with it. */
export default function ProofDialog({ open, onAnswer }: ProofDialogProps) {
  return (
    <Dialog open={open} onClose={() => onAnswer(false)} title={t('proof.title')} size="small">
      <ProofForm onProven={() => onAnswer(true)} />
    </Dialog>
  )
}

function ProofForm({ onProven }: { onProven: () => void }) {
  const me = useMe()
  const instance = useInstance()
  const { data: factors } = useQuery(factorsQuery)
  const [byCode, setByCode] = useState(false)
  const [typed, setTyped] = useState('')
  const prove = useMutation({
    mutationFn: () => api.accounts.prove({ body: byCode ? { code: typed } : { password: typed } }),
    onSuccess: onProven,
  })
  const handleOther = () => {
    setByCode(!byCode)
    setTyped('')
    prove.reset()
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (typed && !prove.isPending) prove.mutate()
  }
  const error = prove.error ? errorText(prove.error) : undefined
  return (
    <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      <p className={styles.note}>{t('proof.text')}</p>
      <input type="text" name="username" autoComplete="username" value={me?.username ?? ''} readOnly hidden />
      {byCode ? (
        <CodeField
          key="code"
          label={t('proof.code')}
          value={typed}
          onChange={setTyped}
          error={error}
          autoFocus
        />
      ) : (
        <PasswordField
          key="password"
          label={t('proof.password')}
          autoComplete="current-password"
          value={typed}
          onChange={setTyped}
          error={error}
          autoFocus
        />
      )}
      <Button label={t('proof.action')} type="submit" tone="primary" wide busy={prove.isPending} />
      {factors && factors.passkeys.length > 0 && (
        <PasskeyButton
          label={t('proof.passkey')}
          send={(passkey) => api.accounts.prove({ body: { passkey } })}
          onDone={onProven}
        />
      )}
      {instance?.openid && (
        <Suspense fallback={null}>
          <OpenIdProof />
        </Suspense>
      )}
      {factors?.totp_since && (
        <Button
          label={byCode ? t('proof.byPassword') : t('proof.byCode')}
          tone="quiet"
          wide
          onPress={handleOther}
        />
      )}
    </form>
  )
}
