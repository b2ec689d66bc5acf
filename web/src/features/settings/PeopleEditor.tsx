import type { UserId } from '@tintype/contract'
import { useState } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import { queryClient } from '../../data/query-client.ts'
import { errorText } from '../../data/report-error.ts'
import styles from '../../things/account/Sections.module.css'
import { FindPeople, RemovePerson } from '../../things/people/FindPeople.tsx'
import { PeopleRows, PeopleSkeleton } from '../../things/people/PeopleRows.tsx'
import { Person } from '../../things/people/Person.tsx'
import type { UserList } from '../../things/people/people-lists.ts'
import { FormError } from '../../ui/FormError.tsx'

interface PeopleEditorProps {
  people: UserList
  label: string
  text: string
  empty: string
  /** Puts a member in or takes them out; says whether that was done. */
  set: (id: UserId, want: boolean) => Promise<boolean>
}

/** A list of members that nobody else sees: found by name to put in, and taken out. */
export function PeopleEditor({ people: listed, label, text, empty, set }: PeopleEditorProps) {
  const [q, setQ] = useState('')
  const people = usePaged('users', listed)
  const { query, ids } = people
  const change = async (id: UserId, want: boolean) => {
    if (!(await set(id, want))) return
    setQ('')
    await queryClient.invalidateQueries({ queryKey: listed.queryKey })
  }
  return (
    <>
      <p className={styles.note}>{text}</p>
      <FindPeople q={q} onChange={setQ} listed={ids} onAdd={(id) => void change(id, true)} />
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton rows={2} />}
      {query.isSuccess && ids.length === 0 && <p className={styles.note}>{empty}</p>}
      <PeopleRows
        label={label}
        people={people}
        render={(id) => (
          <Person userId={id} action={<RemovePerson id={id} onPress={() => void change(id, false)} />} />
        )}
      />
    </>
  )
}
