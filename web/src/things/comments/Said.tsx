import { Link } from '@tanstack/react-router'
import type { Facet } from '@tintype/contract'
import { RichText } from '../../ui/RichText.tsx'
import { Verified } from '../../ui/Verified.tsx'
import styles from './Comment.module.css'

interface SaidProps {
  user: { username: string; is_verified?: boolean }
  text: string
  facets: readonly Facet[]
}

/** A member's name, and what they say. */
export function Said({ user, text, facets }: SaidProps) {
  return (
    <p>
      <Link to="/$username" params={{ username: user.username }} className={styles.name}>
        {user.username}
        <Verified user={user} />
      </Link>{' '}
      <RichText text={text} facets={facets} />
    </p>
  )
}
