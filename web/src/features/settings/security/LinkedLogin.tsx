import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { useInstance } from '../../../data/member.ts'
import { queryClient } from '../../../data/query-client.ts'
import { reportError } from '../../../data/report-error.ts'
import { leaveFor } from '../../../things/account/openid/journey.ts'
import { t } from '../../../things/account/openid/messages.ts'
import { ownOpenIdQuery } from '../../../things/account/openid/own-query.ts'
import styles from '../../../things/account/Sections.module.css'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { dateFormat } from '../../../ui/relative-time.ts'
import { toast } from '../../../ui/toast.ts'

/** The log-in at another place that lets the member in. */
export default function LinkedLogin() {
  const name = useInstance()?.openid?.name ?? ''
  const { data: own } = useQuery(ownOpenIdQuery)
  const [asks, setAsks] = useState(false)
  const link = useMutation({
    mutationFn: () => api.openId.beginLink(),
    onSuccess: ({ url }) => leaveFor(url, { purpose: 'link', to: '/settings/security' }),
    onError: reportError,
  })
  const unlink = useMutation({
    mutationFn: () => api.openId.unlink(),
    onMutate: () => setAsks(false),
    onSuccess: () => toast(t('openid.unlinked')),
    onError: reportError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ownOpenIdQuery.queryKey }),
  })
  return (
    <section className={styles.form} aria-labelledby="linked-login">
      <h2 id="linked-login" className={styles.subtitle}>
        {t('settings.title', { name })}
      </h2>
      <p className={styles.note}>
        {own?.linked_at
          ? t('settings.linked', { when: dateFormat({ dateStyle: 'long' }).format(new Date(own.linked_at)) })
          : t('settings.text')}
      </p>
      {own && !own.linked_at && (
        <div className={styles.start}>
          <Button
            label={t('settings.link', { name })}
            busy={link.isPending || link.isSuccess}
            onPress={() => link.mutate()}
          />
        </div>
      )}
      {own?.linked_at && own.has_password && (
        <div className={styles.start}>
          <Button label={t('settings.unlink')} busy={unlink.isPending} onPress={() => setAsks(true)} />
        </div>
      )}
      {own?.linked_at && !own.has_password && <p className={styles.note}>{t('settings.last')}</p>}
      <ConfirmDialog
        open={asks}
        onClose={() => setAsks(false)}
        title={t('settings.unlinkTitle', { name })}
        text={t('settings.unlinkText')}
        action={t('settings.unlink')}
        onConfirm={() => unlink.mutate()}
      />
    </section>
  )
}
