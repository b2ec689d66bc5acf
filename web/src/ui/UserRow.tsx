import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Avatar } from './Avatar.tsx'
import styles from './UserRow.module.css'
import { Verified } from './Verified.tsx'

interface UserRowProps {
  user: { username: string; full_name: string; profile_picture: string | null; is_verified?: boolean }
  /** Instead of the full name below. */
  note?: ReactNode
  /** Beside the name: a follow button, mostly. */
  action?: ReactNode
  size?: 40 | 44 | 56
  onPress?: () => void
}

/** A member in a list: picture, username, name; the whole of it leads to the profile. */
export function UserRow({ user, note, action, size = 44, onPress }: UserRowProps) {
  return (
    <div className={styles.row}>
      <Link to="/$username" params={{ username: user.username }} className={styles.link} onClick={onPress}>
        <Avatar user={user} size={size} />
        <span className={styles.names}>
          <span className={styles.username}>
            {user.username}
            <Verified user={user} />
          </span>
          <span className={styles.note}>{note ?? user.full_name}</span>
        </span>
      </Link>
      {action}
    </div>
  )
}
