import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Instance } from '@tintype/contract'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { instanceQuery, useInstance } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { Invitations } from '../../things/account/Invitations.tsx'
import { joinOptions } from '../../things/account/join-options.ts'
import styles from '../../things/account/Sections.module.css'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { toast } from '../../ui/toast.ts'
import { t } from './messages.ts'

/** The owner's: what the place is called and who may join. */
export function CommunitySection() {
  const instance = useInstance()
  return instance ? <CommunityForm instance={instance} /> : null
}

function CommunityForm({ instance }: { instance: Instance }) {
  const queries = useQueryClient()
  const [name, setName] = useState(instance.name)
  const [description, setDescription] = useState(instance.description)
  const [registration, setRegistration] = useState(instance.registration)
  const [days, setDays] = useState(String(instance.deletion_days))
  const isDays = /^\d{1,2}$/.test(days) && Number(days) <= 90
  const save = useMutation({
    mutationFn: () =>
      api.community.update({
        body: {
          name: name.trim(),
          description: description.trim(),
          registration,
          deletion_days: Number(days),
        },
      }),
    onSuccess: (changed) => {
      queries.setQueryData(instanceQuery.queryKey, changed)
      toast(t('community.saved'))
    },
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() && isDays) save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit} noValidate>
      {save.error && <FormError text={errorText(save.error)} />}
      <TextField
        label={t('community.name')}
        maxLength={60}
        value={name}
        onChange={setName}
        error={name.trim() ? undefined : t('field.required')}
      />
      <TextArea
        label={t('community.description')}
        maxLength={300}
        value={description}
        onChange={setDescription}
      />
      <Choice label={t('join.label')} value={registration} options={joinOptions} onChange={setRegistration} />
      <TextField
        label={t('community.deletion')}
        hint={t('community.deletionHint')}
        inputMode="numeric"
        maxLength={2}
        value={days}
        onChange={setDays}
        error={isDays ? undefined : t('community.deletionHint')}
      />
      <div className={styles.start}>
        <Button label={t('action.save')} type="submit" tone="primary" busy={save.isPending} />
      </div>
      <Invitations />
      <div className={styles.start}>
        <ButtonLink label={t('community.announce')} to="/notifications/announcements" />
      </div>
      <p className={styles.note}>{t('community.members', { count: instance.members_count })}</p>
    </form>
  )
}
