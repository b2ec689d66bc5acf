import { mostCollaborators, type UserId } from '@tintype/contract'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { entities } from '../../../data/entities/entities.ts'
import { FindPeople, RemovePerson } from '../../../things/people/FindPeople.tsx'
import { Person } from '../../../things/people/Person.tsx'
import { t } from '../../../things/together/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { useComposer, useDraft } from '../composer-context.ts'
import styles from './SharePanel.module.css'

/** Who is asked to be an author of the post too. */
export function AskAuthors() {
  const { session } = useComposer()
  const { authors } = useDraft()
  const [open, setOpen] = useState(false)
  const [q, setQ] = useState('')
  const choose = (next: typeof authors) => {
    session.dispatch({ type: 'wrote', text: { authors: next } })
    setQ('')
  }
  const add = (user_id: UserId) => {
    const username = entities.get('users', user_id)?.username
    if (username) choose([...authors, { user_id, username }])
  }
  const count = authors.length
  return (
    <section className={styles.authors}>
      <Button
        icon={Users}
        label={count > 0 ? t('count', { count }) : t('ask')}
        pressed={open}
        wide
        onPress={() => setOpen(!open)}
      />
      {open &&
        authors.map(({ user_id }) => (
          <Person
            key={user_id}
            userId={user_id}
            action={
              <RemovePerson
                id={user_id}
                onPress={() => choose(authors.filter((one) => one.user_id !== user_id))}
              />
            }
          />
        ))}
      {open && count < mostCollaborators && (
        <FindPeople q={q} onChange={setQ} listed={authors.map((one) => one.user_id)} onAdd={add} />
      )}
    </section>
  )
}
