import { useMutation, useQuery } from '@tanstack/react-query'
import type { AddressFile, AddressList, AddressRule } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { errorText, reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Moderation.module.css'
import { addressesQuery, decided } from './queries.ts'
import { t } from './security-messages.ts'

const lists = (['deny', 'allow'] as const).map((value) => ({ value, label: t(`addresses.${value}`) }))

/** Who is always let in, and who is not answered. */
export function AddressRules() {
  const { data } = useQuery(addressesQuery)
  return (
    <>
      <h2 className={styles.subtitle}>{t('addresses.title')}</h2>
      <p className={styles.note}>
        {t('addresses.note')} {data && t('addresses.yours', { address: data.your_address })}
      </p>
      {data?.file && <File {...data.file} />}
      {data && <Rules rules={data.rules} />}
      <NewRule />
    </>
  )
}

function File({ path, rules, problem }: AddressFile) {
  if (problem !== null) return <FormError text={t('addresses.fileProblem', { path, problem })} />
  return <p className={styles.note}>{t('addresses.file', { count: rules, path })}</p>
}

function Rules({ rules }: { rules: readonly AddressRule[] }) {
  const remove = useMutation({
    mutationFn: (rule_id: AddressRule['rule_id']) => api.security.removeAddress({ params: { rule_id } }),
    onSuccess: decided,
    onError: reportError,
  })
  if (rules.length === 0) return <p className={styles.note}>{t('addresses.none')}</p>
  return (
    <ul className={styles.list}>
      {rules.map(({ rule_id, list, range, note, expires_at }) => (
        <li key={rule_id} className={styles.card}>
          <div className={styles.row}>
            <div className={styles.text}>
              <p className={styles.title}>{range}</p>
              <p className={styles.note}>
                {t(`addresses.${list}`)}
                {expires_at && ` ${t('addresses.ends', { when: longDate(expires_at) })}`}
                {note && ` · ${note}`}
              </p>
            </div>
            <Button
              label={t('addresses.remove')}
              describe={t('addresses.removeOf', { range })}
              size="small"
              onPress={() => remove.mutate(rule_id)}
            />
          </div>
        </li>
      ))}
    </ul>
  )
}

function NewRule() {
  const [list, setList] = useState<AddressList>('deny')
  const [range, setRange] = useState('')
  const [days, setDays] = useState('')
  const [note, setNote] = useState('')
  const add = useMutation({
    mutationFn: () => {
      const span = Number(days) > 0 ? { days: Number(days) } : {}
      return api.security.addAddress({ body: { list, range, ...span, ...(note.trim() ? { note } : {}) } })
    },
    onSuccess: () => {
      setRange('')
      setNote('')
      return decided()
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (range.trim()) add.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {add.error && <FormError text={errorText(add.error)} />}
      <div className={styles.filters}>
        <Select label={t('addresses.list')} value={list} options={lists} onChange={setList} />
        <TextField label={t('addresses.range')} value={range} onChange={setRange} autoCapitalize="none" />
      </div>
      <div className={styles.filters}>
        <TextField
          label={t('addresses.days')}
          value={days}
          onChange={(text) => setDays(text.replace(/\D/g, '').slice(0, 4))}
          inputMode="numeric"
        />
        <TextField label={t('addresses.why')} value={note} onChange={setNote} maxLength={200} />
      </div>
      <Button label={t('addresses.add')} type="submit" tone="ink" busy={add.isPending} />
    </form>
  )
}
