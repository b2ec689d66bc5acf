import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Login, TintypeError } from '@tintype/contract'
import { AppWindow, LogIn, type LucideIcon, ShieldX } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import sections from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { DarkCloth } from '../../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { dateFormat } from '../../../ui/relative-time.ts'
import { deviceName } from '../device.ts'
import styles from './Logins.module.css'
import { loginsQuery } from './logins-query.ts'
import { t } from './messages.ts'

const whenOf = ({ at }: Login) => dateFormat({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at))

function whatOf({ failed, method, app, count }: Login): string {
  if (failed) return t(method === 'password' ? 'logins.failed.password' : 'logins.failed.second', { count })
  return method === 'app' ? t('logins.app', { app: app ?? '' }) : t(`logins.${method}`)
}

export function LoginsSection() {
  const query = useInfiniteQuery(loginsQuery)
  const [asked, setAsked] = useState<Login | null>(null)
  if (query.isPending) return <PeopleSkeleton rows={4} />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const logins = query.data.pages.flatMap(({ items }) => items)
  if (logins.length === 0)
    return <EmptyState drawing={<DarkCloth />} title={t('logins.empty')} text={t('logins.emptyText')} />
  return (
    <div className={sections.form}>
      <p className={sections.note}>{t('logins.note')}</p>
      <ul>
        {logins.map((login) => (
          <LoginRow key={login.login_id} login={login} onNotMe={() => setAsked(login)} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className={sections.start}>
          <Button
            label={t('logins.more')}
            busy={query.isFetchingNextPage}
            onPress={() => void query.fetchNextPage()}
          />
        </div>
      )}
      <NotMeDialog login={asked} onClose={() => setAsked(null)} />
    </div>
  )
}

const iconOf = ({ failed, method }: Login): LucideIcon =>
  failed ? ShieldX : method === 'app' ? AppWindow : LogIn

function LoginRow({ login, onNotMe }: { login: Login; onNotMe: () => void }) {
  const { failed, user_agent, network, current, session_id } = login
  const [Icon, what, at] = [iconOf(login), whatOf(login), whenOf(login)]
  const device = user_agent && deviceName(user_agent)
  const state = current ? t('logins.current') : session_id !== null && t('logins.live')
  return (
    <li className={styles.login} data-failed={failed || undefined}>
      <Icon aria-hidden size={22} strokeWidth={1.7} />
      <div className={styles.text}>
        <p className={styles.what}>{what}</p>
        <p className={styles.detail}>
          <time dateTime={login.at}>{at}</time>
          {[device && failed ? t('logins.last', { device }) : device, network, state]
            .filter(Boolean)
            .map((part) => ` · ${part}`)}
        </p>
      </div>
      {!current && login.method !== 'registration' && (
        <Button
          label={t('logins.notMe')}
          describe={t('logins.notMeOf', { what, when: at })}
          size="small"
          onPress={onNotMe}
        />
      )}
    </li>
  )
}

/** Ends what the log-in began, if it still goes on, and leads to a new password, which ends all the others. */
function NotMeDialog({ login, onClose }: { login: Login | null; onClose: () => void }) {
  const navigate = useNavigate()
  const shut = useMutation({
    mutationFn: () => endSessionOf(login),
    onSuccess: () => {
      onClose()
      return navigate({ to: '/settings/$section', params: { section: 'password' } })
    },
    onError: reportError,
  })
  return (
    <ConfirmDialog
      open={login !== null}
      onClose={onClose}
      title={t('logins.askTitle')}
      text={t('logins.askText')}
      action={t('logins.askAction')}
      busy={shut.isPending}
      onConfirm={() => shut.mutate()}
    />
  )
}

async function endSessionOf(login: Login | null): Promise<void> {
  if (!login?.session_id) return
  try {
    await api.accounts.revokeSession({ params: { session_id: login.session_id } })
  } catch (error) {
    // Ended meanwhile.
    if (!(error instanceof TintypeError && error.code === 'not_found')) throw error
  }
}
