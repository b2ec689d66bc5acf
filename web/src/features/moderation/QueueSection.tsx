import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { type ModerationCase, reportableKinds } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { reportError } from '../../data/report-error.ts'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { LetterTray } from '../../ui/drawings/LetterTray.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { CaseLine, LongList } from './parts.tsx'
import { casesQuery, decided, type QueueFilter } from './queries.ts'

const states = [
  { value: 'open', label: t('queue.open') },
  { value: 'closed', label: t('queue.closed') },
] as const
const kinds = [
  { value: 'all' as const, label: t('queue.all') },
  ...reportableKinds.map((value) => ({ value, label: words(`kind.${value}`) })),
]
const keyOf = ({ kind, subject_id }: ModerationCase) => `${kind} ${subject_id}`

/** What was reported; several can be dismissed at once. */
export function QueueSection() {
  const [filter, setFilter] = useState<QueueFilter>({ state: 'open', kind: 'all', mine: false })
  const [chosen, setChosen] = useState<readonly ModerationCase[]>([])
  const query = useInfiniteQuery(casesQuery(filter))
  const change = (next: Partial<QueueFilter>) => {
    setFilter({ ...filter, ...next })
    setChosen([])
  }
  const dismiss = useMutation({
    mutationFn: () => {
      const cases = chosen.map(({ kind, subject_id }) => ({ kind, subject_id }))
      return api.moderation.dismiss({ body: { cases } })
    },
    onSuccess: ({ dismissed }) => {
      setChosen([])
      toast(t('queue.dismissed', { count: dismissed }))
      return decided()
    },
    onError: reportError,
  })
  const isChosen = (one: ModerationCase) => chosen.some((other) => keyOf(other) === keyOf(one))
  const turn = (one: ModerationCase) =>
    setChosen(isChosen(one) ? chosen.filter((other) => keyOf(other) !== keyOf(one)) : [...chosen, one])
  return (
    <div className={styles.stack}>
      <div className={styles.filters}>
        <Segmented
          label={t('queue.state')}
          value={filter.state}
          options={states}
          onChange={(state) => change({ state })}
        />
        <Select
          label={t('queue.kind')}
          value={filter.kind}
          options={kinds}
          onChange={(kind) => change({ kind })}
        />
      </div>
      <Switch label={t('queue.mine')} checked={filter.mine} onChange={(mine) => change({ mine })} />
      {chosen.length > 0 && (
        <Button
          label={t('queue.dismiss', { count: chosen.length })}
          tone="ink"
          busy={dismiss.isPending}
          onPress={() => dismiss.mutate()}
        />
      )}
      <LongList
        query={query}
        keyOf={keyOf}
        empty={<EmptyState drawing={<LetterTray />} title={t('queue.empty')} text={t('queue.emptyText')} />}
      >
        {(item) => (
          <CaseLine
            item={item}
            before={
              item.state === 'open' && (
                <label className={styles.choose}>
                  <input
                    type="checkbox"
                    aria-label={t('queue.select', {
                      name: item.excerpt || item.member?.username || item.kind,
                    })}
                    checked={isChosen(item)}
                    onChange={() => turn(item)}
                  />
                </label>
              )
            }
          />
        )}
      </LongList>
    </div>
  )
}
