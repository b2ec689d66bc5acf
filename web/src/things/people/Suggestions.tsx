import { useQuery } from '@tanstack/react-query'
import type { UserId } from '@tintype/contract'
import { X } from 'lucide-react'
import { useId, useMemo } from 'react'
import { entities, useLiveIds, useUser } from '../../data/entities/entities.ts'
import { t } from '../../kit/messages.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { dismissSuggestion } from './dismiss-suggestion.ts'
import { FollowButton } from './FollowButton.tsx'
import { namesText } from './names-text.ts'
import { PeopleSkeleton } from './PeopleRows.tsx'
import { Person } from './Person.tsx'
import { type Suggested, suggestedQuery } from './people-lists.ts'
import styles from './Suggestions.module.css'
import { t as words } from './suggestion-messages.ts'

/** A few members to follow; those followed from here stay, so that nothing jumps under the pointer. */
export function Suggestions({ limit = 5 }: { limit?: number }) {
  const title = useId()
  const { data, isPending } = useQuery(suggestedQuery(limit))
  const ids = useLiveIds(
    'users',
    useMemo(() => data?.map(({ user_id }) => user_id) ?? [], [data]),
  )
  const whys = useMemo(() => new Map(data?.map(({ user_id, why }) => [user_id, why])), [data])
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
            <Person userId={id} note={noteOf(id, whys.get(id))} action={<Actions userId={id} />} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Actions({ userId }: { userId: UserId }) {
  const { username = '', viewer } = useUser(userId) ?? {}
  return (
    <span className={styles.actions}>
      <FollowButton userId={userId} look="text" />
      {!viewer?.following && !viewer?.requested && (
        <IconButton
          icon={X}
          size="small"
          label={words('suggest.dismiss', { name: username })}
          onPress={() => void dismissSuggestion(userId, username)}
        />
      )}
    </span>
  )
}

function noteOf(id: UserId, why: Suggested[number]['why']): string | undefined {
  if (entities.get('users', id)?.viewer?.followed_by) return t('people.followsYou')
  if (!why) return undefined
  if (why.kind !== 'mutuals') return words(`suggest.${why.kind}`)
  return words('suggest.mutuals', { names: namesText(why.names, why.others) })
}
