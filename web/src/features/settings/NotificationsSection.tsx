import { useMutation, useQuery } from '@tanstack/react-query'
import type { Body, NoticeKind, NoticePreferences, NoticeWays, Routes } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { type PushState, pushState, turnPushOff, turnPushOn } from '../../data/push.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import account from '../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './NotificationsSection.module.css'
import { t } from './notice-messages.ts'

const preferences = { queryKey: ['notice-preferences'], queryFn: () => api.preferences.get() }
const pushQuery = { queryKey: ['push-state'], queryFn: pushState, staleTime: 0 }
const kinds = [
  'message',
  'comment',
  'mention',
  'like',
  'follow',
  'story',
  'live',
  'community',
] as const satisfies readonly NoticeKind[]
type Change = (body: Body<Routes['preferences']['change']>) => void

/** What the member is told of, how, and when not. */
export function NotificationsSection() {
  const query = useQuery(preferences)
  const change = useMutation({
    mutationFn: (body: Parameters<Change>[0]) => api.preferences.change({ body }),
    onMutate: ({ kinds: some, ...rest }) => {
      queryClient.setQueryData<NoticePreferences>(
        preferences.queryKey,
        (known) => known && { ...known, ...rest, kinds: { ...known.kinds, ...some } },
      )
    },
    onSuccess: (changed) => queryClient.setQueryData(preferences.queryKey, changed),
    onError: (error) => {
      reportError(error)
      void query.refetch()
    },
  })
  if (query.isPending) return <PeopleSkeleton rows={6} />
  if (!query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <div className={account.form}>
      <ThisBrowser />
      <Kinds chosen={query.data} onChange={change.mutate} />
      <Digest chosen={query.data} onChange={change.mutate} />
      <Quiet chosen={query.data} onChange={change.mutate} />
    </div>
  )
}

function ThisBrowser() {
  const me = useMember()
  const { data: state } = useQuery(pushQuery)
  const turn = useMutation({
    mutationFn: (on: boolean): Promise<PushState> => (on ? turnPushOn(me.user_id) : turnPushOff()),
    onSuccess: (now) => {
      queryClient.setQueryData(pushQuery.queryKey, now)
      if (now === 'on') toast(t('push.on'))
      if (now === 'off') toast(t('push.off'))
    },
    onError: reportError,
  })
  return (
    <section className={styles.part} aria-label={t('push.title')}>
      <h2 className={styles.title}>{t('push.title')}</h2>
      {state === 'unsupported' || state === 'denied' ? (
        <p className={account.note}>{t(`push.${state}`)}</p>
      ) : (
        <Switch
          label={t('push.label')}
          hint={t('push.hint')}
          checked={turn.isPending ? turn.variables : state === 'on'}
          disabled={!state || turn.isPending}
          onChange={turn.mutate}
        />
      )}
    </section>
  )
}

interface PartProps {
  chosen: NoticePreferences
  onChange: Change
}

function Kinds({ chosen, onChange }: PartProps) {
  return (
    <section className={styles.part} aria-label={t('kinds.title')}>
      <h2 className={styles.title}>{t('kinds.title')}</h2>
      <table className={styles.table}>
        <thead className={styles.head}>
          <tr>
            <th scope="col">{t('kinds.kind')}</th>
            <th scope="col" className={styles.way}>
              {t('kinds.push')}
            </th>
            <th scope="col" className={styles.way}>
              {t('kinds.email')}
            </th>
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`kind.${kind}`)}</th>
              {(['push', 'email'] as const).map((way) => (
                <td key={way} className={styles.way}>
                  {/* Messages are in no daily mail. */}
                  {(kind !== 'message' || way === 'push') && (
                    <Way kind={kind} way={way} ways={chosen.kinds[kind]} onChange={onChange} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={account.note}>{t('kinds.note')}</p>
    </section>
  )
}

function Way({
  kind,
  way,
  ways,
  onChange,
}: {
  kind: NoticeKind
  way: keyof NoticeWays
  ways: NoticeWays
  onChange: Change
}) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        aria-label={t('kinds.of', { kind: t(`kind.${kind}`), way: t(`kinds.${way}`) })}
        checked={ways[way]}
        onChange={(event) => onChange({ kinds: { [kind]: { ...ways, [way]: event.target.checked } } })}
      />
    </label>
  )
}

function Digest({ chosen, onChange }: PartProps) {
  const me = useMember()
  return (
    <section className={styles.part} aria-label={t('digest.label')}>
      <Switch
        label={t('digest.label')}
        hint={t('digest.hint')}
        checked={chosen.digest}
        onChange={(digest) => onChange({ digest })}
      />
      {!me.email_verified && <p className={account.note}>{t('digest.unverified')}</p>}
    </section>
  )
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Turning them on takes the clock of this device; another device may stand elsewhere. */
function Quiet({ chosen: { quiet_hours, time_zone }, onChange }: PartProps) {
  const here = ownZone()
  const set = (part: Partial<NoticePreferences['quiet_hours']>) =>
    onChange({ quiet_hours: { ...quiet_hours, ...part }, ...(part.enabled ? { time_zone: here } : {}) })
  return (
    <section className={styles.part} aria-label={t('quiet.label')}>
      <Switch
        label={t('quiet.label')}
        hint={t('quiet.hint', { zone: quiet_hours.enabled ? time_zone : here })}
        checked={quiet_hours.enabled}
        onChange={(enabled) => set({ enabled })}
      />
      {quiet_hours.enabled && (
        <div className={styles.times}>
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className={styles.time}>
              {t(`quiet.${end}`)}
              <input
                type="time"
                value={quiet_hours[end]}
                onChange={(event) => event.target.value && set({ [end]: event.target.value })}
              />
            </label>
          ))}
        </div>
      )}
      {quiet_hours.enabled && time_zone !== here && (
        <Button label={t('quiet.here', { zone: here })} onPress={() => onChange({ time_zone: here })} />
      )}
    </section>
  )
}
