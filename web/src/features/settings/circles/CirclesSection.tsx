import { useMutation, useQuery } from '@tanstack/react-query'
import { type Circle, circleLimits, type UserId } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { entities } from '../../../data/entities/entities.ts'
import { queryClient } from '../../../data/query-client.ts'
import { errorText, reportError } from '../../../data/report-error.ts'
import { LoadError } from '../../../shell/LoadError.tsx'
import styles from '../../../things/account/Sections.module.css'
import { circleMembers, circlesQuery } from '../../../things/circles/circles-query.ts'
import { t } from '../../../things/circles/messages.ts'
import { PeopleSkeleton } from '../../../things/people/PeopleRows.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import { PeopleEditor } from '../PeopleEditor.tsx'
import own from './Circles.module.css'

const changed = () => queryClient.invalidateQueries({ queryKey: circlesQuery.queryKey })

/** Named audiences, which nobody else sees. */
export function CirclesSection() {
  const { data, error, refetch } = useQuery(circlesQuery)
  const [openId, setOpenId] = useState<string>()
  if (error && !data) return <LoadError error={error} onRetry={refetch} />
  if (!data) return <PeopleSkeleton rows={3} />
  return (
    <div className={styles.form}>
      <p className={styles.note}>{t('circles.text')}</p>
      {data.length === 0 && <p className={styles.note}>{t('circles.empty')}</p>}
      {data.map((circle) => (
        <CircleCard
          key={circle.circle_id}
          circle={circle}
          open={openId === circle.circle_id}
          onToggle={() => setOpenId(openId === circle.circle_id ? undefined : circle.circle_id)}
        />
      ))}
      {data.length < circleLimits.perMember && (
        <NameForm
          action={t('circles.make')}
          save={async (name) => {
            const { circle_id } = await api.circles.create({ body: { name } })
            await changed()
            setOpenId(circle_id)
          }}
        />
      )}
    </div>
  )
}

interface CircleCardProps {
  circle: Circle
  open: boolean
  onToggle: () => void
}

function CircleCard({ circle, open, onToggle }: CircleCardProps) {
  const { circle_id, name, members_count: count } = circle
  const [asked, setAsked] = useState<'rename' | 'delete'>()
  const deletion = useMutation({
    mutationFn: () => api.circles.delete({ params: { circle_id } }),
    onSuccess: async () => {
      await changed()
      toast(t('circles.deleted'))
    },
    onError: reportError,
  })
  return (
    <section className={styles.card} aria-label={name}>
      <div className={own.head}>
        <strong className={own.name}>{name}</strong>
        <span className={own.count}>{countText(count)}</span>
      </div>
      <div className={own.acts}>
        <Button size="small" label={t('circles.people')} pressed={open} onPress={onToggle} />
        <Button size="small" label={t('circles.rename')} onPress={() => setAsked('rename')} />
        <Button
          size="small"
          tone="danger"
          label={t('circles.delete')}
          busy={deletion.isPending}
          onPress={() => setAsked('delete')}
        />
      </div>
      {asked === 'rename' && (
        <NameForm
          action={t('circles.save')}
          initial={name}
          onCancel={() => setAsked(undefined)}
          save={async (next) => {
            await api.circles.rename({ params: { circle_id }, body: { name: next } })
            await changed()
            setAsked(undefined)
          }}
        />
      )}
      {open && <CirclePeople circle={circle} />}
      <ConfirmDialog
        open={asked === 'delete'}
        title={t('circles.deleteTitle', { name })}
        text={t('circles.deleteText')}
        action={t('circles.delete')}
        onConfirm={() => deletion.mutate()}
        onClose={() => setAsked(undefined)}
      />
    </section>
  )
}

const countText = (count: number) =>
  count === 0
    ? t('circles.count.none')
    : count === 1
      ? t('circles.count.one')
      : t('circles.count.many', { count })

function CirclePeople({ circle: { circle_id, name } }: { circle: Circle }) {
  const set = async (id: UserId, want: boolean): Promise<boolean> => {
    const params = { circle_id, username: entities.get('users', id)?.username ?? '' }
    try {
      await api.circles[want ? 'addMember' : 'removeMember']({ params })
    } catch (error) {
      reportError(error)
      return false
    }
    void changed()
    return true
  }
  return (
    <PeopleEditor
      people={circleMembers(circle_id)}
      label={name}
      text={t('circles.inText')}
      empty={t('circles.nobody')}
      set={set}
    />
  )
}

interface NameFormProps {
  action: string
  initial?: string
  save: (name: string) => Promise<unknown>
  onCancel?: () => void
}

function NameForm({ action, initial = '', save, onCancel }: NameFormProps) {
  const [name, setName] = useState(initial)
  const saving = useMutation({ mutationFn: save, onSuccess: () => setName(initial) })
  return (
    <form
      className={own.form}
      aria-label={action}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() && !saving.isPending) saving.mutate(name.trim())
      }}
    >
      <TextField
        label={t('circles.name')}
        value={name}
        maxLength={circleLimits.name}
        autoComplete="off"
        onChange={setName}
      />
      {saving.error && <FormError text={errorText(saving.error)} />}
      <div className={own.acts}>
        <Button type="submit" label={action} busy={saving.isPending} disabled={name.trim() === ''} />
        {onCancel && <Button tone="quiet" label={t('circles.cancel')} onPress={onCancel} />}
      </div>
    </form>
  )
}
