import { useMutation, useQuery } from '@tanstack/react-query'
import type { BlockedWord } from '@tintype/contract'
import { holdsRole } from '@tintype/contract/core/route'
import { type FormEvent, useState } from 'react'
import { api } from '../../data/client.ts'
import { useMember } from '../../data/member.ts'
import { errorText, reportError } from '../../data/report-error.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { longDate } from '../../ui/relative-time.ts'
import { TextArea } from '../../ui/TextArea.tsx'
import { Entry, NewEntry } from './entries.tsx'
import styles from './Moderation.module.css'
import { t } from './messages.ts'
import { bansQuery, decided, saved, wordsQuery } from './queries.ts'

const kinds = (['email_domain', 'ip_range'] as const).map((value) => ({ value, label: t(`doors.${value}`) }))

const labels = {
  kind: t('doors.kind'),
  value: t('doors.value'),
  days: t('doors.days'),
  note: t('doors.note'),
  add: t('doors.add'),
}

/** Who makes no account here, and which words are not taken. Admins change it; moderators see it. */
export function DoorsSection() {
  const isAdmin = holdsRole(useMember().role, 'admin')
  const { data: words } = useQuery(wordsQuery)
  return (
    <div className={styles.stack}>
      <h2 className={styles.subtitle}>{t('doors.bans')}</h2>
      <p className={styles.note}>{t('doors.bansNote')}</p>
      <Bans isAdmin={isAdmin} />
      {isAdmin && (
        <NewEntry
          kinds={kinds}
          first="email_domain"
          labels={labels}
          add={(kind, value, rest) => api.moderation.ban({ body: { kind, value, ...rest } })}
        />
      )}
      <h2 className={styles.subtitle}>{t('doors.words')}</h2>
      <p className={styles.note}>{t('doors.wordsNote')}</p>
      {words && <Words key={words.map(({ word }) => word).join()} words={words} isAdmin={isAdmin} />}
    </div>
  )
}

function Bans({ isAdmin }: { isAdmin: boolean }) {
  const { data: bans = [] } = useQuery(bansQuery)
  const lift = useMutation({
    mutationFn: (ban_id: (typeof bans)[number]['ban_id']) => api.moderation.unban({ params: { ban_id } }),
    onSuccess: decided,
    onError: reportError,
  })
  if (bans.length === 0) return <p className={styles.note}>{t('doors.noBans')}</p>
  return (
    <ul className={styles.list}>
      {bans.map(({ ban_id, kind, value, note, expires_at }) => (
        <Entry
          key={ban_id}
          title={value}
          note={
            <>
              {t(`doors.${kind}`)}
              {note && ` · ${note}`}
              {expires_at && ` · ${t('case.ends', { when: longDate(expires_at) })}`}
            </>
          }
          end={
            isAdmin && (
              <Button
                label={t('doors.lift')}
                describe={t('doors.liftOf', { value })}
                size="small"
                onPress={() => lift.mutate(ban_id)}
              />
            )
          }
        />
      ))}
    </ul>
  )
}

const linesOf = (words: readonly BlockedWord[], action: BlockedWord['action']): string =>
  words
    .filter((one) => one.action === action)
    .map(({ word }) => word)
    .join('\n')

const wordsOf = (text: string, action: BlockedWord['action']): BlockedWord[] =>
  text.split('\n').flatMap((line) => (line.trim() ? [{ word: line.trim(), action }] : []))

function Words({ words, isAdmin }: { words: readonly BlockedWord[]; isAdmin: boolean }) {
  const [refuse, setRefuse] = useState(linesOf(words, 'refuse'))
  const [hold, setHold] = useState(linesOf(words, 'hold'))
  const save = useMutation({
    mutationFn: () =>
      api.moderation.saveWords({ body: { words: [...wordsOf(refuse, 'refuse'), ...wordsOf(hold, 'hold')] } }),
    onSuccess: saved,
  })
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {save.error && <FormError text={errorText(save.error)} />}
      <TextArea label={t('doors.refuse')} value={refuse} onChange={setRefuse} disabled={!isAdmin} rows={4} />
      <TextArea label={t('doors.hold')} value={hold} onChange={setHold} disabled={!isAdmin} rows={4} />
      {isAdmin && <Button label={t('doors.save')} type="submit" tone="ink" busy={save.isPending} />}
    </form>
  )
}
