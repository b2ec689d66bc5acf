import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnAct } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import styles from '../../things/account/Sections.module.css'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { Safelight } from '../../ui/drawings/Safelight.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { t } from './status-messages.ts'

const key = ['account-status']

/** What moderators did with the account, and where another look is asked for. */
export function StatusSection() {
  const query = useQuery({ queryKey: key, queryFn: () => api.reports.status(), staleTime: 0 })
  if (query.isPending) return <Spinner />
  if (query.isError) return <LoadError error={query.error} onRetry={query.refetch} />
  const { acts, silenced, strikes: count, strike_days: days } = query.data
  if (acts.length === 0)
    return <EmptyState drawing={<Safelight />} title={t('status.good')} text={t('status.goodText')} />
  return (
    <div className={styles.form}>
      <p className={styles.note}>{t('status.strikes', { count, days })}</p>
      {silenced && <p>{t('status.silenced')}</p>}
      {acts.map((act) => (
        <Act key={act.act_id} act={act} />
      ))}
    </div>
  )
}

function Act({ act }: { act: OwnAct }) {
  const { appeal } = act
  return (
    <article className={styles.card}>
      <h2 className={styles.legend}>
        {words(`act.${act.act}`)} · {words(`kind.${act.kind}`)}
      </h2>
      <p className={styles.note}>
        {t('status.rule', { rule: words(`rule.${act.rule}`) })} · <RelativeTime at={act.created_at} />
        {act.ends_at && !act.lifted_at && ` · ${t('status.ends', { when: longDate(act.ends_at) })}`}
        {act.lifted_at && ` · ${t('status.lifted', { when: longDate(act.lifted_at) })}`}
      </p>
      {act.excerpt && <p>{t('status.about', { text: act.excerpt })}</p>}
      {act.automatic && !act.lifted_at && <p>{t('status.automatic')}</p>}
      {act.message && <p>{t('status.says', { text: act.message })}</p>}
      {appeal && (
        <p className={styles.note}>
          {words(`appeal.${appeal.state}`)}
          {appeal.answer && ` · ${t('status.says', { text: appeal.answer })}`}
        </p>
      )}
      {act.may_appeal && <Appeal actId={act.act_id} />}
    </article>
  )
}

function Appeal({ actId }: { actId: OwnAct['act_id'] }) {
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () => api.reports.appeal({ params: { act_id: actId }, body: { text: text.trim() } }),
    onSuccess: (status) => queries.setQueryData(key, status),
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (text.trim()) send.mutate()
  }
  if (!open)
    return (
      <div className={styles.start}>
        <Button label={t('status.appeal')} size="small" onPress={() => setOpen(true)} />
      </div>
    )
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {send.error && <FormError text={errorText(send.error)} />}
      <TextArea
        label={t('status.why')}
        hint={t('status.whyHint')}
        value={text}
        onChange={setText}
        maxLength={1000}
        autoFocus
      />
      <Button label={t('status.send')} type="submit" tone="primary" busy={send.isPending} />
    </form>
  )
}
