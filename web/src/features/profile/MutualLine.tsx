import { Link } from '@tanstack/react-router'
import type { UserEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { usePaged } from '../../data/paged-list.ts'
import { useListed } from '../../data/use-listed.ts'
import { peopleOf } from '../../things/people/people-lists.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './MutualLine.module.css'
import { t } from './messages.ts'

const NAMED = 2

/** Who of those the viewer follows follows this member, too. */
export function MutualLine({ user }: { user: UserEntity }) {
  const me = useMe()
  const asked = Boolean(me && !user.is_self && user.can_view_content)
  const { ids } = usePaged('users', { ...peopleOf(user.username, 'mutual', ''), enabled: asked })
  const faces = [useListed('users', ids[0]), useListed('users', ids[1]), useListed('users', ids[2])]
  const people = faces.flatMap((person) => person ?? [])
  // Its place is kept, so that the grid below does not move when it is known.
  if (people.length === 0) return asked && <div className={styles.mutual} />
  const names = people.slice(0, NAMED).map((person) => person.username)
  const others = ids.length - names.length
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
        {people.map((person) => (
          <Avatar key={person.user_id} user={person} size={24} />
        ))}
      </span>
      {text}
    </Link>
  )
}
