import { useMutation, useQuery } from '@tanstack/react-query'
import type { InteractionLimit, NewInteractionLimit } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { queryClient } from '../../../data/query-client.ts'
import { reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { whenText } from '../../../things/scheduling/when.ts'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { Select } from '../../../ui/Select.tsx'
import { toast } from '../../../ui/toast.ts'
import { limitQuery } from './limit-query.ts'
import { t } from './messages.ts'

const accounts = (['both', 'strangers', 'new_followers'] as const).map((value) => ({
  value,
  label: t(`limit.${value}`),
  hint: t(`limit.${value}Hint`),
}))

const lengths = [
  { value: '1', label: t('limit.day') },
  { value: '3', label: t('limit.threeDays') },
  { value: '7', label: t('limit.week') },
  { value: '14', label: t('limit.twoWeeks') },
  { value: '28', label: t('limit.fourWeeks') },
] as const
type Days = (typeof lengths)[number]['value']

type Limit = NonNullable<InteractionLimit['limit']>

/** In a wave: strangers and new followers are held back for some days. */
export function LimitSection() {
  const { data, error, refetch } = useQuery(limitQuery)
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <PeopleSkeleton rows={3} />
  return <LimitForm limit={data.limit} />
}

function LimitForm({ limit }: { limit: Limit | null }) {
  const [chosen, setChosen] = useState<NewInteractionLimit['accounts']>(limit?.accounts ?? 'both')
  const [days, setDays] = useState<Days>('7')
  const keep = (changed: InteractionLimit) => queryClient.setQueryData(limitQuery.queryKey, changed)
  const set = useMutation({
    mutationFn: () => api.interactionLimit.set({ body: { accounts: chosen, days: Number(days) } }),
    onSuccess: (changed) => {
      keep(changed)
      if (changed.limit) toast(t('limit.saved', { time: whenText(changed.limit.ends_at) }))
    },
    onError: reportError,
  })
  const lift = useMutation({
    mutationFn: () => api.interactionLimit.lift(),
    onSuccess: (changed) => {
      keep(changed)
      toast(t('limit.lifted'))
    },
    onError: reportError,
  })
  const isBusy = set.isPending || lift.isPending
  return (
    <div className={styles.form}>
      <p className={styles.note}>{t('limit.text')}</p>
      {limit && (
        <section className={styles.card} aria-label={t('limit.title')}>
          <strong>{t('limit.on', { time: whenText(limit.ends_at) })}</strong>
          <p className={styles.note}>{t('limit.onText')}</p>
          <span className={styles.start}>
            <Button
              label={t('limit.lift')}
              busy={lift.isPending}
              disabled={isBusy}
              onPress={() => lift.mutate()}
            />
          </span>
        </section>
      )}
      <Choice label={t('limit.accounts')} value={chosen} options={accounts} onChange={setChosen} />
      <Select label={t('limit.days')} value={days} options={lengths} onChange={setDays} />
      <span className={styles.start}>
        <Button
          label={limit ? t('limit.change') : t('limit.set')}
          tone="primary"
          busy={set.isPending}
          disabled={isBusy}
          onPress={() => set.mutate()}
        />
      </span>
    </div>
  )
}
