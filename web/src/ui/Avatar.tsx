import type { Rendition } from '@tintype/contract'
import { useState } from 'react'
import styles from './Avatar.module.css'
import { classes } from './classes.ts'

interface AvatarProps {
  user: {
    username: string
    full_name?: string
    profile_picture: string | null
    profile_picture_variants?: readonly Rendition[]
  }
  /** Edge in px. */
  size: 24 | 28 | 32 | 40 | 44 | 56 | 64 | 77 | 96 | 150
  /**
   * Drawn 4 px outside, so that nothing moves when it comes. `new`: something unseen; `friends`: that is for close friends;
   * `seen`: a hairline.
   */
  ring?: 'none' | 'new' | 'friends' | 'seen'
  /** Where no name stands beside it; else the picture is decoration. */
  label?: string
}

/** A few warm greys that initials stand on, picked by name so that a member keeps theirs. */
const tones = 6
const toneOf = (name: string) => [...name].reduce((sum, char) => sum + (char.codePointAt(0) ?? 0), 0) % tones

/** Larger ones where they are known; those of a picture that was replaced meanwhile are not. */
function srcSetOf({
  profile_picture,
  profile_picture_variants = [],
}: AvatarProps['user']): string | undefined {
  if (!profile_picture_variants.some(({ url }) => url === profile_picture)) return undefined
  return profile_picture_variants.map(({ url, width }) => `${url} ${width}w`).join(', ')
}

export function Avatar({ user, size, ring = 'none', label }: AvatarProps) {
  // Without a network, say: the initial stands in, not the browser's sign for a broken picture.
  const [missing, setMissing] = useState<string | null>(null)
  const initial = [...(user.full_name || user.username)][0]?.toUpperCase() ?? ''
  return (
    <span
      className={classes(styles.avatar, styles[`s${size}`], ring !== 'none' && styles[ring])}
      {...(label ? { role: 'img', 'aria-label': label } : {})}
      data-tone={toneOf(user.username)}
    >
      {user.profile_picture && user.profile_picture !== missing ? (
        <img
          src={user.profile_picture}
          srcSet={srcSetOf(user)}
          sizes={`${size}px`}
          alt=""
          width={size}
          height={size}
          decoding="async"
          draggable={false}
          onError={() => setMissing(user.profile_picture)}
        />
      ) : (
        <span className={styles.initial} aria-hidden="true">
          {initial}
        </span>
      )}
    </span>
  )
}
