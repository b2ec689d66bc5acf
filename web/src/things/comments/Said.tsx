import { Link } from '@tanstack/react-router'
import type { Facet } from '@tintype/contract'
import { RichText } from '../../ui/RichText.tsx'
import styles from './Comment.module.css'

interface SaidProps {
  user: { username: string }
  text: string
  facets: readonly Facet[]
}

/** A member's name, and what they say. */
export function Said({ user: { username }, text, facets }: SaidProps) {
  return (
    <p>
      <Link to="/$username" params={{ username }} className={styles.name}>
        {username}
      </Link>{' '}
      <RichText text={text} facets={facets} />
    </p>
  )
}
