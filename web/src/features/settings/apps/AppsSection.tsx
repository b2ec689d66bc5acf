import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ConnectedApp } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { reportUnlessGone } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import account from '../../../things/account/Sections.module.css'
import { scopesText } from '../../../things/apps/ScopeList.tsx'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { DarkCloth } from '../../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { longDate } from '../../../ui/relative-time.ts'
import { toast } from '../../../ui/toast.ts'
import styles from './Apps.module.css'
import { t } from './messages.ts'
import { LastUsed } from './when.tsx'

const key = ['connected-apps']

/** Which other apps use the account. */
export function AppsSection() {
  const query = useQuery({ queryKey: key, queryFn: () => api.apps.connected() })
  if (query.isPending) return <PeopleSkeleton rows={2} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  if (query.data.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('apps.empty')} text={t('apps.emptyText')} />
  return (
    <div className={account.form}>
      <p className={account.note}>{t('apps.text')}</p>
      <ul className={styles.list} aria-label={t('apps.list')}>
        {query.data.map((app) => (
          <Row key={app.app_id} app={app} />
        ))}
      </ul>
    </div>
  )
}

function Row({ app }: { app: ConnectedApp }) {
  const { app_id, name, scopes, connected_at, last_used_at } = app
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const end = useMutation({
    mutationFn: () => api.apps.disconnect({ params: { app_id } }),
    onMutate: () => setAsking(false),
    onSuccess: () => toast(t('apps.ended', { name })),
    onError: reportUnlessGone,
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <div className={styles.text}>
          <p className={styles.name}>{name}</p>
          <p className={styles.detail}>{scopesText(scopes)}</p>
          <p className={styles.detail}>
            {t('apps.since', { date: longDate(connected_at) })} · <LastUsed at={last_used_at} />
          </p>
        </div>
        <Button
          label={t('apps.end')}
          describe={t('apps.endOf', { name })}
          size="small"
          busy={end.isPending}
          onPress={() => setAsking(true)}
        />
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('apps.endTitle', { name })}
        text={t('apps.endText')}
        action={t('apps.end')}
        onConfirm={() => end.mutate()}
      />
    </li>
  )
}
