import type { UserId } from '@tintype/contract'
import { type ReactNode, useState } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import { errorText } from '../../data/report-error.ts'
import { FormError } from '../../ui/FormError.tsx'
import styles from './PeopleDialogBody.module.css'
import { PeopleRows, PeopleSkeleton } from './PeopleRows.tsx'
import { Person } from './Person.tsx'
import type { UserList } from './people-lists.ts'

interface PeopleDialogBodyProps {
  list: UserList
  label: string
  /** Said where there is nobody. */
  empty: string
  /** A name was followed to a profile: the dialog closes. */
  onOpen: () => void
  action?: (id: UserId) => ReactNode
}

/** Members in a dialog that scrolls; its height stays while pages and searches come and go. */
export function PeopleDialogBody({ list, label, empty, onOpen, action }: PeopleDialogBodyProps) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const people = usePaged('users', list)
  const { query, ids } = people
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard, whether its rows take focus or not
    <section ref={setScroller} className={styles.box} tabIndex={0} aria-label={label}>
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton />}
      {query.isSuccess && ids.length === 0 && <p className={styles.empty}>{empty}</p>}
      <PeopleRows
        label={label}
        people={people}
        scroller={scroller}
        placeholder={<PeopleSkeleton rows={2} />}
        render={(id) => <Person userId={id} onOpen={onOpen} action={action?.(id)} />}
      />
    </section>
  )
}
