import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type { ModerationAct } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { DarkCloth } from '../../ui/drawings/DarkCloth.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { ActLine, LongList, MemberLink, Quote } from './parts.tsx'
import { appealsQuery, decided } from './queries.ts'

const states = (['open', 'granted', 'refused'] as const).map((value) => ({
  value,
  label: words(`appeal.${value}`),
}))

/** Acts of which another look is asked. */
export function AppealsSection() {
  const [state, setState] = useState<(typeof states)[number]['value']>('open')
  const query = useInfiniteQuery(appealsQuery(state))
  return (
    <div className={styles.stack}>
      <Select label={t('appeals.state')} value={state} options={states} onChange={setState} />
      <LongList
        query={query}
        keyOf={(act) => act.act_id}
        empty={
          <EmptyState drawing={<DarkCloth />} title={t('appeals.empty')} text={t('appeals.emptyText')} />
        }
      >
        {(act) => <AppealOf act={act} />}
      </LongList>
    </div>
  )
}

function AppealOf({ act }: { act: ModerationAct }) {
  const [answer, setAnswer] = useState('')
  const decide = useMutation({
    mutationFn: (granted: boolean) =>
      api.moderation.decideAppeal({ params: { act_id: act.act_id }, body: { granted, answer } }),
    onSuccess: decided,
  })
  return (
    <div className={styles.form}>
      <p className={styles.title}>
        <MemberLink user={act.member} />
      </p>
      <ActLine act={act} isFull />
      <div>
        <p className={styles.note}>{t('appeals.says')}</p>
        <Quote text={act.appeal?.text ?? ''} marked />
      </div>
      {act.appeal?.state === 'open' && (
        <>
          {decide.error && <FormError text={errorText(decide.error)} />}
          <TextArea
            label={t('appeals.answer')}
            value={answer}
            onChange={setAnswer}
            maxLength={1000}
            rows={2}
          />
          <p className={styles.buttons}>
            <Button
              label={t('appeals.grant')}
              tone="ink"
              busy={decide.isPending}
              onPress={() => decide.mutate(true)}
            />
            <Button
              label={t('appeals.refuse')}
              busy={decide.isPending}
              onPress={() => decide.mutate(false)}
            />
          </p>
        </>
      )}
    </div>
  )
}
