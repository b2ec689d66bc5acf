import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Moderation.module.css'
import { decided } from './queries.ts'

interface EntryProps {
  title: string
  note: ReactNode
  /** What can be done about it. */
  end: ReactNode
}

/** One of those whom something was said about, in a list. */
export function Entry({ title, note, end }: EntryProps) {
  return (
    <li className={styles.card}>
      <div className={styles.row}>
        <div className={styles.text}>
          <p className={styles.title}>{title}</p>
          <p className={styles.note}>{note}</p>
        </div>
        {end}
      </div>
    </li>
  )
}

interface NewEntryProps<Kind extends string> {
  kinds: readonly { value: Kind; label: string }[]
  first: Kind
  labels: { kind: string; value: string; days: string; note: string; add: string }
  add(kind: Kind, value: string, rest: { days?: number; note?: string }): Promise<unknown>
}

/** Says something about somebody to come, for some days or until it is taken back. */
export function NewEntry<Kind extends string>({ kinds, first, labels, add }: NewEntryProps<Kind>) {
  const [kind, setKind] = useState(first)
  const [value, setValue] = useState('')
  const [days, setDays] = useState('')
  const [note, setNote] = useState('')
  const adding = useMutation({
    mutationFn: () => {
      const span = Number(days) > 0 ? { days: Number(days) } : {}
      return add(kind, value, { ...span, ...(note.trim() ? { note } : {}) })
    },
    onSuccess: () => {
      setValue('')
      setNote('')
      return decided()
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (value.trim()) adding.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {adding.error && <FormError text={errorText(adding.error)} />}
      <div className={styles.filters}>
        <Select label={labels.kind} value={kind} options={kinds} onChange={setKind} />
        <TextField label={labels.value} value={value} onChange={setValue} autoCapitalize="none" />
      </div>
      <div className={styles.filters}>
        <TextField
          label={labels.days}
          value={days}
          onChange={(text) => setDays(text.replace(/\D/g, '').slice(0, 4))}
          inputMode="numeric"
        />
        <TextField label={labels.note} value={note} onChange={setNote} maxLength={200} />
      </div>
      <Button label={labels.add} type="submit" tone="ink" busy={adding.isPending} />
    </form>
  )
}
