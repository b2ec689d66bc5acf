import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { useInstance } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { endSession } from '../../data/session-end.ts'
import styles from '../../things/account/Sections.module.css'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { toast } from '../../ui/toast.ts'
import { t as words } from './section-messages.ts'

export function DeleteSection() {
  const days = useInstance()?.deletion_days ?? 0
  const text = days > 0 ? words('deleteAccount.textDays', { count: days }) : words('deleteAccount.text')
  return (
    <div className={styles.form}>
      <Ending
        title={words('deactivate.title')}
        text={words('deactivate.text')}
        action={words('deactivate.action')}
        run={() => api.accounts.deactivate()}
        onDone={() => {
          endSession('logged-out')
          toast(words('deactivate.done'))
        }}
      />
      <h2 className={styles.subtitle}>{words('deleteAccount.title')}</h2>
      <Ending
        title={words('deleteAccount.title')}
        text={text}
        action={words('deleteAccount.action')}
        run={() => api.accounts.delete()}
        onDone={({ gone_at }) => {
          if (days === 0) return endSession('deleted')
          endSession('logged-out')
          toast(words('deleteAccount.until', { date: longDate(gone_at) }))
        }}
      />
    </div>
  )
}

interface EndingProps<R> {
  title: string
  text: string
  action: string
  run: () => Promise<R>
  onDone: (reply: R) => void
}

/** What it means, and a button that asks once more. */
function Ending<R>({ title, text, action, run, onDone }: EndingProps<R>) {
  const [asking, setAsking] = useState(false)
  const end = useMutation({ mutationFn: run, onMutate: () => setAsking(false), onSuccess: onDone })
  return (
    <>
      <p>{text}</p>
      {end.error && <FormError text={errorText(end.error)} />}
      <div className={styles.start}>
        <Button label={action} tone="danger" busy={end.isPending} onPress={() => setAsking(true)} />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={title}
        text={text}
        action={action}
        onConfirm={() => end.mutate()}
      />
    </>
  )
}
