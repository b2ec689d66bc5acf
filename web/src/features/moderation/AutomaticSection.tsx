import { useMutation, useQuery } from '@tanstack/react-query'
import type { ModerationSettings } from '@tintype/contract'
import { holdsRole } from '@tintype/contract/core/route'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { saved, settingsQuery } from './queries.ts'

const pictures = ['score_mark', 'score_queue', 'score_hold'] as const
const texts = ['spam_hold', 'spam_queue'] as const
type Threshold = (typeof pictures | typeof texts)[number]

/** What happens by itself, from which score on. */
export function AutomaticSection() {
  const isAdmin = holdsRole(useMember().role, 'admin')
  const { data: settings } = useQuery(settingsQuery)
  if (!settings) return <Spinner />
  return (
    <div className={styles.stack}>
      <h2 className={styles.subtitle}>{t('auto.pictures')}</h2>
      <p className={styles.note}>{t('auto.picturesNote')}</p>
      <Thresholds names={pictures} settings={settings} isAdmin={isAdmin} />
      <h2 className={styles.subtitle}>{t('auto.texts')}</h2>
      <p className={styles.note}>{t('auto.textsNote')}</p>
      <Thresholds names={texts} settings={settings} isAdmin={isAdmin} />
    </div>
  )
}

interface ThresholdsProps {
  names: readonly Threshold[]
  settings: ModerationSettings
  isAdmin: boolean
}

/** Empty: never. */
function Thresholds({ names, settings, isAdmin }: ThresholdsProps) {
  const [values, setValues] = useState(() =>
    Object.fromEntries(names.map((name) => [name, String(settings[name] ?? '')])),
  )
  const save = useMutation({
    mutationFn: () => {
      const set = names.map((name) => [name, values[name] ? Number(values[name]) : null])
      return api.moderation.changeSettings({ body: { ...settings, ...Object.fromEntries(set) } })
    },
    onSuccess: saved,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {save.error && <FormError text={errorText(save.error)} />}
      {names.map((name) => (
        <TextField
          key={name}
          label={t(`auto.${name}`)}
          hint={t(`auto.${name}_hint`)}
          value={values[name] ?? ''}
          onChange={(text) => setValues({ ...values, [name]: text.replace(/\D/g, '').slice(0, 3) })}
          inputMode="numeric"
          disabled={!isAdmin}
        />
      ))}
      {isAdmin && <Button label={t('doors.save')} type="submit" tone="ink" busy={save.isPending} />}
    </form>
  )
}
