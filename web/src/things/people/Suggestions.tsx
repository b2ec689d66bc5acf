import { useQuery } from '@tanstack/react-query'
import { useId, useMemo } from 'react'
import { entities, useLiveIds } from '../../data/entities/entities.ts'
import { t } from '../../kit/messages.ts'
import { FollowButton } from './FollowButton.tsx'
import { PeopleSkeleton } from './PeopleRows.tsx'
import { Person } from './Person.tsx'
import { suggestedQuery } from './people-lists.ts'
import styles from './Suggestions.module.css'

/** A few members to follow; those followed from here stay, so that nothing jumps under the pointer. */
export function Suggestions({ limit = 5 }: { limit?: number }) {
  const title = useId()
  const { data, isPending } = useQuery(suggestedQuery(limit))
  const ids = useLiveIds(
    'users',
    useMemo(() => data ?? [], [data]),
  )
  if (!isPending && ids.length === 0) return null
  return (
    <section aria-labelledby={title}>
      <h2 id={title} className={styles.title}>
        {t('suggest.title')}
      </h2>
      {isPending && <PeopleSkeleton rows={limit} />}
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <Person userId={id} note={noteOf(id)} action={<FollowButton userId={id} look="text" />} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const noteOf = (id: Parameters<typeof entities.get<'users'>>[1]) =>
  entities.get('users', id)?.viewer?.followed_by ? t('people.followsYou') : undefined
