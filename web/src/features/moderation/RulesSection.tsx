import { useMutation, useQuery } from '@tanstack/react-query'
import { type AnswerTemplate, knownPictureChoices, type ModerationSettings } from '@tintype/contract'
import { holdsRole } from '@tintype/contract/core/route'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { saved, settingsQuery, templatesQuery } from './queries.ts'

const numbers = ['strike_days', 'silence_from', 'suspend_from', 'retention_days'] as const

const known = knownPictureChoices.map((value) => ({ value, label: t(`rules.known.${value}`) }))

/** From when on what is suggested, what is done with known pictures, and answers to take from. */
export function RulesSection() {
  const isAdmin = holdsRole(useMember().role, 'admin')
  const { data: settings } = useQuery(settingsQuery)
  const { data: templates } = useQuery(templatesQuery)
  if (!settings || !templates) return <Spinner />
  return (
    <div className={styles.stack}>
      <h2 className={styles.subtitle}>{t('rules.strikes')}</h2>
      <p className={styles.note}>{t('rules.note')}</p>
      <Numbers settings={settings} isAdmin={isAdmin} />
      <h2 className={styles.subtitle}>{t('rules.answers')}</h2>
      <Answers key={templates.length} templates={templates} />
    </div>
  )
}

function Numbers({ settings, isAdmin }: { settings: ModerationSettings; isAdmin: boolean }) {
  const [values, setValues] = useState(() =>
    Object.fromEntries(numbers.map((name) => [name, String(settings[name])])),
  )
  const [choice, setChoice] = useState(settings.known_pictures)
  const save = useMutation({
    mutationFn: () =>
      api.moderation.changeSettings({
        body: {
          ...settings,
          ...Object.fromEntries(numbers.map((name) => [name, Number(values[name])])),
          known_pictures: choice,
        },
      }),
    onSuccess: saved,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {save.error && <FormError text={errorText(save.error)} />}
      {numbers.map((name) => (
        <TextField
          key={name}
          label={t(`rules.${name}`)}
          value={values[name] ?? ''}
          onChange={(text) => setValues({ ...values, [name]: text.replace(/\D/g, '').slice(0, 4) })}
          inputMode="numeric"
          disabled={!isAdmin}
        />
      ))}
      <Select
        label={t('rules.known_pictures')}
        hint={t('rules.knownNote')}
        value={choice}
        options={known}
        onChange={setChoice}
        disabled={!isAdmin}
      />
      {isAdmin && <Button label={t('doors.save')} type="submit" tone="ink" busy={save.isPending} />}
    </form>
  )
}

function Answers({ templates }: { templates: readonly AnswerTemplate[] }) {
  const [title, setTitle] = useState('')
  const [text, setText] = useState('')
  const save = useMutation({
    mutationFn: (next: AnswerTemplate[]) => api.moderation.saveTemplates({ body: { templates: next } }),
    onSuccess: saved,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (title.trim() && text.trim()) save.mutate([...templates, { title, text }])
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {save.error && <FormError text={errorText(save.error)} />}
      {templates.map((one) => (
        <div key={one.title} className={styles.card}>
          <p className={styles.title}>{one.title}</p>
          <p className={styles.quote}>{one.text}</p>
          <p className={styles.buttons}>
            <Button
              label={t('doors.lift')}
              describe={t('rules.dropAnswer', { title: one.title })}
              size="small"
              onPress={() => save.mutate(templates.filter((other) => other !== one))}
            />
          </p>
        </div>
      ))}
      <TextField label={t('rules.answerTitle')} value={title} onChange={setTitle} maxLength={80} />
      <TextArea label={t('rules.answerText')} value={text} onChange={setText} maxLength={1000} />
      <Button label={t('rules.addAnswer')} type="submit" tone="ink" busy={save.isPending} />
    </form>
  )
}
