import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '@tintype/contract'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { endSession } from '../../data/session-end.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { dateFormat } from '../../ui/relative-time.ts'
import { toast } from '../../ui/toast.ts'
import { deviceName } from './device.ts'
import { t } from './messages.ts'
import styles from './SessionsSection.module.css'

const key = ['sessions']
const DAY = { day: 'numeric', month: 'long' } as const

export function SessionsSection() {
  const query = useQuery({ queryKey: key, queryFn: () => api.accounts.sessions() })
  if (query.isPending) return <PeopleSkeleton rows={2} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const sessions = query.data.toSorted((a, b) => Number(b.current) - Number(a.current))
  return (
    <>
      <ul>
        {sessions.map((session) => (
          <SessionRow key={session.session_id} session={session} />
        ))}
      </ul>
      <FailedLogins />
      <Everywhere />
    </>
  )
}

function SessionRow({ session }: { session: Session }) {
  const queries = useQueryClient()
  const device = deviceName(session.user_agent)
  const end = useMutation({
    mutationFn: () => api.accounts.revokeSession({ params: { session_id: session.session_id } }),
    onSuccess: () => {
      toast(t('sessions.ended'))
      return queries.invalidateQueries({ queryKey: key })
    },
    onError: reportError,
  })
  return (
    <li className={styles.session}>
      <MonitorSmartphone aria-hidden size={22} strokeWidth={1.7} />
      <div className={styles.text}>
        <p className={styles.device}>{device}</p>
        <p className={styles.detail}>
          {session.current ? (
            t('sessions.current')
          ) : (
            <>
              {t('sessions.lastUsed')} <RelativeTime at={session.last_used_at} />
            </>
          )}
          {session.ip && ` · ${session.ip}`}
        </p>
      </div>
      {!session.current && (
        <Button
          label={t('sessions.end')}
          describe={t('sessions.endOf', { device })}
          size="small"
          busy={end.isPending}
          onPress={() => end.mutate()}
        />
      )}
    </li>
  )
}

/** Says nothing where there were none. */
function FailedLogins() {
  const { data } = useQuery({ queryKey: ['failed-logins'], queryFn: () => api.accounts.failedLogins() })
  if (!data?.since) return null
  const since = dateFormat(DAY).format(new Date(data.since))
  return (
    <p className={styles.failed}>
      {t('sessions.failed', { count: data.count, since })} {t('sessions.failedAdvice')}
    </p>
  )
}

function Everywhere() {
  const [asking, setAsking] = useState(false)
  const leave = useMutation({
    mutationFn: () => api.accounts.logoutEverywhere(),
    onSuccess: () => endSession('logged-out'),
    onError: reportError,
  })
  return (
    <div className={styles.everywhere}>
      <Button label={t('sessions.everywhere')} tone="danger" onPress={() => setAsking(true)} />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('sessions.everywhereTitle')}
        text={t('sessions.everywhereText')}
        action={t('nav.logOut')}
        busy={leave.isPending}
        onConfirm={() => leave.mutate()}
      />
    </div>
  )
}
