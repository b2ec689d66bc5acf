import { Link } from '@tanstack/react-router'
import { entities } from '../../data/entities/entities.ts'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { t } from '../../kit/messages.ts'
import { peopleOf } from '../../things/people/people-lists.ts'
import { usePeople } from '../../things/people/use-people.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './MutualLine.module.css'

const NAMED = 2
const PICTURED = 3

/** Who of those the viewer follows follows this member, too. */
export function MutualLine({ user }: { user: UserEntity }) {
  const me = useMe()
  const asked = Boolean(me && !user.is_self && user.can_view_content)
  const { ids } = usePeople({ ...peopleOf(user.username, 'mutual', ''), enabled: asked })
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
