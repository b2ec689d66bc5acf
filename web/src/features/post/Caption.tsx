import { Link } from '@tanstack/react-router'
import { useLayoutEffect, useRef, useState } from 'react'
import { useUser } from '../../entities/entities.ts'
import type { PostEntity } from '../../entities/types.ts'
import { t } from '../../messages.ts'
import { RichText } from '../../ui/RichText.tsx'
import styles from './Caption.module.css'

/** Two lines, and "more" where there are more. */
export function Caption({ post }: { post: PostEntity }) {
  const user = useUser(post.user_id)
  const box = useRef<HTMLParagraphElement>(null)
  const [cut, setCut] = useState(false)
  const [open, setOpen] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew when the text changes
  useLayoutEffect(() => {
    const element = box.current
    if (element && !open) setCut(element.scrollHeight > element.clientHeight + 1)
  }, [post.caption, open])
  if (!user || !post.caption) return null
  return (
    <div>
      <p ref={box} className={open ? undefined : styles.clamp}>
        <Link to="/$username" params={{ username: user.username }} className={styles.name}>
          {user.username}
        </Link>{' '}
        <RichText text={post.caption} facets={post.facets} />
      </p>
      {cut && !open && (
        <button type="button" className={styles.more} onClick={() => setOpen(true)}>
          {t('post.more')}
        </button>
      )}
    </div>
  )
}
