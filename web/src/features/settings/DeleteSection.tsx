import { useMutation } from '@tanstack/react-query'
import { TintypeError } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { endSession } from '../../data/session-end.ts'
import styles from '../../things/account/Sections.module.css'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { t as words } from './section-messages.ts'

export function DeleteSection() {
  const [password, setPassword] = useState('')
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => api.accounts.delete({ body: { password } }),
    onSuccess: () => endSession('deleted'),
    onError: () => setAsking(false),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (password) setAsking(true)
  }
  const wrong = remove.error instanceof TintypeError && remove.error.code === 'password_wrong'
  return (
    <form className={styles.form} method="post" onSubmit={handleSubmit} noValidate>
      <p>{words('deleteAccount.text')}</p>
      {remove.error && !wrong && <FormError text={errorText(remove.error)} />}
      <PasswordField
        label={words('deleteAccount.password')}
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        error={wrong ? errorText(remove.error) : undefined}
      />
      <div className={styles.start}>
        <Button label={words('deleteAccount.action')} type="submit" tone="danger" disabled={!password} />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words('deleteAccount.title')}
        text={words('deleteAccount.text')}
        action={words('deleteAccount.action')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </form>
  )
}
