import type { NoticePreferences } from '@tintype/contract'
import { useState } from 'react'
import { isQuiet, meQuery, useMember } from '../../../data/member.ts'
import { queryClient } from '../../../data/query-client.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import account from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { instantOf, localOf, whenText } from '../../../things/scheduling/when.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from '../NotificationsSection.module.css'
import { type ChangePreferences, usePreferences } from '../use-preferences.ts'
import { ends, type Length, lengths } from './lengths.ts'
import { t } from './messages.ts'
import { Weekly } from './Weekly.tsx'

/** When nothing rings, and who may know of it. */
export function QuietSection() {
  const { query, change } = usePreferences(() => queryClient.invalidateQueries(meQuery))
  if (query.isPending) return <PeopleSkeleton rows={4} />
  if (!query.data) return <LoadError error={query.error} onRetry={query.refetch} />
  const chosen = query.data
  return (
    <div className={account.form}>
      <p className={account.note}>{t('quiet.text')}</p>
      <Now chosen={chosen} onChange={change} />
      <Weekly chosen={chosen} onChange={change} />
      <Switch
        label={t('quiet.shown')}
        hint={t('quiet.shownHint')}
        checked={chosen.quiet_shown}
        onChange={(quiet_shown) => change({ quiet_shown })}
      />
    </div>
  )
}

interface NowProps {
  chosen: NoticePreferences
  onChange: ChangePreferences
}

function Now({ chosen: { quiet_until }, onChange }: NowProps) {
  const me = useMember()
  const [length, setLength] = useState<Length>('60')
  const [time, setTime] = useState(() => localOf(new Date(Date.now() + 3_600_000)))
  const [fault, setFault] = useState(false)
  const until = quiet_until !== null && Date.parse(quiet_until) > Date.now() ? quiet_until : null
  const byHours = until === null && me.quiet && isQuiet(me) ? me.quiet.until : null
  const begin = () => {
    const end = length === 'time' ? instantOf(time) : ends(length, new Date())
    const isFault = !end || end.getTime() <= Date.now()
    setFault(isFault)
    if (isFault) return
    onChange({ quiet_until: end.toISOString() })
    toast(t('quiet.begun', { time: whenText(end.toISOString()) }))
  }
  const stop = () => {
    onChange({ quiet_until: null })
    toast(t('quiet.ended'))
  }
  return (
    <>
      {(until ?? byHours) && (
        <section className={account.card} aria-label={t('quiet.title')}>
          <strong>{t('quiet.on', { time: whenText(until ?? byHours ?? '') })}</strong>
          {until ? (
            <span className={account.start}>
              <Button label={t('quiet.end')} onPress={stop} />
            </span>
          ) : (
            <p className={account.note}>{t('quiet.byHours')}</p>
          )}
        </section>
      )}
      <Select label={t('quiet.for')} value={length} options={lengths} onChange={setLength} />
      {length === 'time' && (
        <Field label={t('quiet.time')} error={fault ? t('quiet.timeFault') : undefined}>
          {({ id, describedBy }) => (
            <span className={styles.time}>
              <input
                id={id}
                type="datetime-local"
                aria-describedby={describedBy}
                value={time}
                onChange={(event) => setTime(event.target.value)}
              />
            </span>
          )}
        </Field>
      )}
      <span className={account.start}>
        <Button label={t(until ? 'quiet.longer' : 'quiet.begin')} tone="primary" onPress={begin} />
      </span>
    </>
  )
}
