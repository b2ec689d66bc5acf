import { useMutation, useQuery } from '@tanstack/react-query'
import type { NoticeKind, NoticePreferences, NoticeWays } from '@tintype/contract'
import { useMember } from '../../data/member.ts'
import { type PushState, pushState, turnPushOff, turnPushOn } from '../../data/push.ts'
import { queryClient } from '../../data/query-client.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import account from '../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './NotificationsSection.module.css'
import { t } from './notice-messages.ts'
import { type ChangePreferences, usePreferences } from './use-preferences.ts'

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

/** What the member is told of, and how. */
export function NotificationsSection() {
  const { query, change } = usePreferences()
  if (query.isPending) return <PeopleSkeleton rows={6} />
  if (!query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  return (
    <div className={account.form}>
      <ThisBrowser />
      <Kinds chosen={query.data} onChange={change} />
      <Digest chosen={query.data} onChange={change} />
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
  onChange: ChangePreferences
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
  onChange: ChangePreferences
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
