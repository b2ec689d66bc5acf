import { Link } from '@tanstack/react-router'
import { useLayoutEffect, useRef, useState } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { t } from '../../kit/messages.ts'
import { RichText } from '../../ui/RichText.tsx'
import styles from './Caption.module.css'

interface CaptionProps {
  post: PostEntity
  /** On the post's own page. Elsewhere: two lines, and "more" at their end where there are more. */
  whole?: boolean
}

export function Caption({ post, whole }: CaptionProps) {
  const user = useUser(post.user_id)
  if (!user || !post.caption) return null
  if (whole)
    return (
      <p>
        <CaptionText post={post} user={user} />
      </p>
    )
  // Measured anew when the text changes.
  return <ClampedCaption key={post.caption} post={post} user={user} />
}

function ClampedCaption({ post, user }: { post: PostEntity; user: UserEntity }) {
  const box = useRef<HTMLParagraphElement>(null)
  const [state, setState] = useState<'fits' | 'cut' | 'open'>('fits')
  useLayoutEffect(() => {
    const element = box.current
    if (element && element.scrollHeight > element.clientHeight + 1) setState('cut')
  }, [])
  return (
    <p ref={box} className={state === 'open' ? undefined : styles.clamp}>
      {state === 'cut' && (
        <button type="button" className={styles.more} onClick={() => setState('open')}>
          <span aria-hidden="true">… </span>
          {t('post.more')}
        </button>
      )}
      <CaptionText post={post} user={user} />
    </p>
  )
}

function CaptionText({ post, user }: { post: PostEntity; user: UserEntity }) {
  return (
    <>
      <Link to="/$username" params={{ username: user.username }} className={styles.name}>
        {user.username}
      </Link>{' '}
      <RichText text={post.caption} facets={post.facets} />
    </>
  )
}
