import type { StoryList, UserId } from '@tintype/contract'
import { useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import { useMember } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import { queryClient } from '../../data/query-client.ts'
import { errorText } from '../../data/report-error.ts'
import styles from '../../things/account/Sections.module.css'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import { peopleByPrefix, type UserList } from '../../things/people/people-lists.ts'
import { t } from '../../things/story/messages.ts'
import { setListed } from '../../things/story/people-of-stories.ts'
import { Button } from '../../ui/Button.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { SearchField } from '../../ui/SearchField.tsx'

interface StoryListEditorProps {
  list: StoryList
  people: UserList
  title: string
  text: string
  empty: string
}

/** A list of members that nobody else sees: found by name to put in, and taken out. */
export function StoryListEditor({ list, people: listed, title, text, empty }: StoryListEditorProps) {
  const [q, setQ] = useState('')
  const people = usePaged('users', listed)
  const { query, ids } = people
  const change = async (id: UserId, want: boolean) => {
    if (!(await setListed(list, id, want))) return
    setQ('')
    await queryClient.invalidateQueries({ queryKey: listed.queryKey })
  }
  return (
    <section className={styles.card} aria-label={title}>
      <h2 className={styles.subtitle}>{title}</h2>
      <p className={styles.note}>{text}</p>
      <SearchField label={t('lists.search')} value={q} onChange={setQ} />
      {q.trim() && <Found q={q.trim()} listed={ids} onAdd={(id) => void change(id, true)} />}
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton rows={2} />}
      {query.isSuccess && ids.length === 0 && <p className={styles.note}>{empty}</p>}
      <PeopleRows
        label={title}
        people={people}
        render={(id) => (
          <Person userId={id} action={<Remove id={id} onPress={() => void change(id, false)} />} />
        )}
      />
    </section>
  )
}

interface ActProps {
  id: UserId
  onPress: () => void
}

function Remove({ id, onPress }: ActProps) {
  const name = useUser(id)?.username ?? ''
  return (
    <Button
      label={t('lists.remove')}
      describe={t('lists.removeOf', { name })}
      size="small"
      onPress={onPress}
    />
  )
}

function Add({ id, onPress }: ActProps) {
  const name = useUser(id)?.username ?? ''
  return (
    <Button
      label={t('lists.add')}
      describe={t('lists.addOf', { name })}
      size="small"
      tone="ink"
      onPress={onPress}
    />
  )
}

interface FoundProps {
  q: string
  listed: readonly UserId[]
  onAdd: (id: UserId) => void
}

function Found({ q, listed, onAdd }: FoundProps) {
  const me = useMember()
  const people = usePaged('users', peopleByPrefix(q))
  const ids = people.ids.filter((id) => id !== me.user_id && !listed.includes(id)).slice(0, 8)
  if (people.query.isPending) return <PeopleSkeleton rows={2} />
  if (ids.length === 0) return <p className={styles.note}>{t('lists.nobody')}</p>
  return (
    <ul aria-label={t('lists.found')}>
      {ids.map((id) => (
        <li key={id}>
          <Person userId={id} action={<Add id={id} onPress={() => onAdd(id)} />} />
        </li>
      ))}
    </ul>
  )
}
