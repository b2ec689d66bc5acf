import { useMutation } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { createT } from '../../kit/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Sections.module.css'
import own from './UnprovenAddress.module.css'

const t = createT({
  title: 'Confirm your address',
  why: 'A link went to {email}. With a confirmed address you get back in if you forget your password, and are told by mail what you missed.',
  send: 'Send it again',
  sent: 'The link is on its way to {email}',
})

/** For who has not proven their address yet: why it is good for them, and the link once more. */
export function UnprovenAddress({ email }: { email: string }) {
  const send = useMutation({
    mutationFn: () => api.accounts.askVerification(),
    onSuccess: () => toast(t('sent', { email })),
    onError: reportError,
  })
  return (
    <section className={styles.card} aria-label={t('title')}>
      <p className={own.title}>
        <CircleAlert aria-hidden size={18} />
        {t('title')}
      </p>
      <p className={styles.note}>{t('why', { email })}</p>
      <div className={styles.start}>
        <Button label={t('send')} size="small" busy={send.isPending} onPress={() => send.mutate()} />
      </div>
    </section>
  )
}
