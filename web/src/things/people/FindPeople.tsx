import type { UserId } from '@tintype/contract'
import { useUser } from '../../data/entities/entities.ts'
import { useMember } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import { Button } from '../../ui/Button.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import styles from './FindPeople.module.css'
import { t } from './finder-messages.ts'
import { PeopleSkeleton } from './PeopleRows.tsx'
import { Person } from './Person.tsx'
import { peopleNamed } from './people-lists.ts'

interface FindPeopleProps {
  q: string
  onChange: (q: string) => void
  /** Who is in the list already. */
  listed: readonly UserId[]
  onAdd: (id: UserId) => void
}

/** Members by the beginning of their name, to be put into a list. */
export function FindPeople({ q, onChange, listed, onAdd }: FindPeopleProps) {
  return (
    <>
      <SearchField label={t('lists.search')} value={q} onChange={onChange} />
      {q.trim() && <Found q={q.trim()} listed={listed} onAdd={onAdd} />}
    </>
  )
}

const SHOWN = 8

function Found({ q, listed, onAdd }: Omit<FindPeopleProps, 'onChange'>) {
  const me = useMember()
  const people = usePaged('users', peopleNamed(q))
  const ids = people.ids.filter((id) => id !== me.user_id && !listed.includes(id)).slice(0, SHOWN)
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

interface ActProps {
  id: UserId
  onPress: () => void
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

/** Beside somebody who is in the list. */
export function RemovePerson({ id, onPress }: ActProps) {
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
