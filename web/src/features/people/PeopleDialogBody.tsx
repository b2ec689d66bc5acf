import { useInfiniteQuery } from '@tanstack/react-query'
import type { UserId } from '@tintype/contract'
import { type ReactNode, useMemo, useState } from 'react'
import { idsOf } from '../../api/posts.ts'
import { errorText } from '../../api/report-error.ts'
import { useLiveIds } from '../../entities/entities.ts'
import { FormError } from '../../ui/FormError.tsx'
import { InfiniteList } from '../../ui/InfiniteList.tsx'
import styles from './PeopleDialogBody.module.css'
import { estimateUser, keyOfUser, PeopleSkeleton } from './PeopleRows.tsx'
import { Person } from './Person.tsx'
import type { userList } from './people-lists.ts'

interface PeopleDialogBodyProps {
  list: ReturnType<typeof userList>
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
  const query = useInfiniteQuery(list)
  const ids = useLiveIds(
    'users',
    useMemo(() => idsOf(query.data), [query.data]),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls by keyboard, whether its rows take focus or not
    <section ref={setScroller} className={styles.box} tabIndex={0} aria-label={label}>
      {query.error && <FormError text={errorText(query.error)} />}
      {query.isPending && <PeopleSkeleton />}
      {query.isSuccess && ids.length === 0 && <p className={styles.empty}>{empty}</p>}
      <InfiniteList
        label={label}
        items={ids}
        keyOf={keyOfUser}
        estimate={estimateUser}
        scroller={scroller}
        hasMore={query.hasNextPage}
        loadingMore={query.isFetchingNextPage}
        onMore={query.fetchNextPage}
        placeholder={<PeopleSkeleton rows={2} />}
        render={(id) => <Person userId={id} onOpen={onOpen} action={action?.(id)} />}
      />
    </section>
  )
}
