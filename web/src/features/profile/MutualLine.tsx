import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useMe } from '../../api/member.ts'
import { idsOf } from '../../api/posts.ts'
import { entities, useLiveIds } from '../../entities/entities.ts'
import type { UserEntity } from '../../entities/types.ts'
import { t } from '../../messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { peopleOf } from '../people/people-lists.ts'
import styles from './MutualLine.module.css'

const NAMED = 2
const PICTURED = 3

/** Who of those the viewer follows follows this member, too. */
export function MutualLine({ user }: { user: UserEntity }) {
  const me = useMe()
  const list = useMemo(() => peopleOf(user.username, 'mutual', ''), [user.username])
  const asked = Boolean(me && !user.is_self && user.can_view_content)
  const query = useInfiniteQuery({ ...list, enabled: asked })
  const ids = useLiveIds(
    'users',
    useMemo(() => idsOf(query.data), [query.data]),
  )
  const people = ids.flatMap((id) => entities.get('users', id) ?? [])
  // Its place is kept, so that the grid below does not move when it is known.
  if (people.length === 0) return asked && <div className={styles.mutual} />
  const names = people.slice(0, NAMED).map((person) => person.username)
  const others = people.length - names.length
  const text =
    others > 0
      ? t('profile.mutualMore', { names: names.join(', '), count: others })
      : t('profile.mutual', { names: names.join(', ') })
  return (
    <Link
      to="/$username/$list"
      params={{ username: user.username, list: 'mutual' }}
      resetScroll={false}
      className={styles.mutual}
    >
      <span className={styles.faces}>
        {people.slice(0, PICTURED).map((person) => (
          <Avatar key={person.user_id} user={person} size={24} />
        ))}
      </span>
      {text}
    </Link>
  )
}
