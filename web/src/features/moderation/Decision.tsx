import { useMutation, useQuery } from '@tanstack/react-query'
import {
  limits,
  type ModerationRule,
  type ModeratorAct,
  moderationRules,
  type WholeCase,
} from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText } from '../../data/report-error.ts'
import { t as words } from '../../things/reporting/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { type CaseName, decided, templatesQuery } from './queries.ts'

const NOTE = limits.moderationNote
const rules = moderationRules.map((value) => ({ value, label: words(`rule.${value}`) }))

interface NewAct {
  act: ModeratorAct
  rule: ModerationRule
  message: string
  note: string
  days?: number
}

/** Of an open case: nothing, or an act. */
export function Decision({ found, name }: { found: WholeCase; name: CaseName }) {
  const { acts, possible, strikes, reasons } = found
  const isHeld = acts.some((one) => one.act === 'hold' && !one.lifted_at)
  return (
    <section className={styles.list}>
      <h2 className={styles.subtitle}>{t('case.decide')}</h2>
      {isHeld && <p className={styles.note}>{t('case.held')}</p>}
      <ActForm
        possible={possible}
        first={possible[0] === 'remove' ? 'remove' : (strikes?.suggested ?? 'warn')}
        rule={reasons[0]?.reason ?? 'other'}
        dismiss={() => api.moderation.dismiss({ body: { cases: [name] } })}
        send={(body) => api.moderation.act({ params: name, body })}
      />
    </section>
  )
}

interface ActFormProps {
  possible: readonly ModeratorAct[]
  first: ModeratorAct
  rule: ModerationRule
  dismiss?: () => Promise<unknown>
  send: (act: NewAct) => Promise<unknown>
}

/** What is to be done, by which rule, and what is said to whom. */
export function ActForm({ possible, first, rule: firstRule, dismiss, send }: ActFormProps) {
  const [act, setAct] = useState<ModeratorAct | 'dismiss'>(first)
  const [rule, setRule] = useState(firstRule)
  const [message, setMessage] = useState('')
  const [note, setNote] = useState('')
  const [days, setDays] = useState('')
  const { data: templates = [] } = useQuery(templatesQuery)
  const acts = [...possible, ...(dismiss ? (['dismiss'] as const) : [])]
  const isTimed = act === 'silence' || act === 'suspend'
  const work = useMutation({
    mutationFn: async () => {
      if (act === 'dismiss') return dismiss?.()
      const isSet = isTimed && Number(days) > 0
      return send({ act, rule, message, note, ...(isSet ? { days: Number(days) } : {}) })
    },
    onSuccess: () => {
      toast(t('case.done'))
      return decided()
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    work.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {work.error && <FormError text={errorText(work.error)} />}
      <Select
        label={t('case.act')}
        value={act}
        options={acts.map((value) => ({ value, label: t(`case.${value}`) }))}
        onChange={setAct}
      />
      {act !== 'dismiss' && (
        <>
          <Select label={t('case.rule')} value={rule} options={rules} onChange={setRule} />
          {isTimed && (
            <TextField
              label={t('case.days')}
              value={days}
              onChange={(value) => setDays(value.replace(/\D/g, '').slice(0, 4))}
              inputMode="numeric"
            />
          )}
          {templates.length > 0 && (
            <Select
              label={t('case.template')}
              value=""
              options={[
                { value: '', label: t('case.noTemplate') },
                ...templates.map(({ title, text }) => ({ value: text, label: title })),
              ]}
              onChange={setMessage}
            />
          )}
          <TextArea label={t('case.message')} value={message} onChange={setMessage} maxLength={NOTE} />
          <TextArea label={t('case.note')} value={note} onChange={setNote} maxLength={NOTE} rows={2} />
        </>
      )}
      <Button
        label={act === 'dismiss' ? t('case.dismiss') : t('case.do')}
        type="submit"
        tone={act === 'dismiss' ? 'ink' : 'primary'}
        wide
        busy={work.isPending}
      />
    </form>
  )
}
