import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { endSession } from '../../data/session-end.ts'
import styles from '../../things/account/Sections.module.css'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { t as words } from './section-messages.ts'

export function DeleteSection() {
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => api.accounts.delete(),
    onMutate: () => setAsking(false),
    onSuccess: () => endSession('deleted'),
  })
  return (
    <div className={styles.form}>
      <p>{words('deleteAccount.text')}</p>
      {remove.error && <FormError text={errorText(remove.error)} />}
      <div className={styles.start}>
        <Button
          label={words('deleteAccount.action')}
          tone="danger"
          busy={remove.isPending}
          onPress={() => setAsking(true)}
        />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words('deleteAccount.title')}
        text={words('deleteAccount.text')}
        action={words('deleteAccount.action')}
        onConfirm={() => remove.mutate()}
      />
    </div>
  )
}
