import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Media, PostId } from '@tintype/contract'
import { useLayoutEffect, useRef, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { t } from './messages.ts'
import { placeIn } from './place.ts'
import styles from './Tags.module.css'
import { peopleIn } from './tags-query.ts'

interface TagMarksProps {
  postId: PostId
  media: Media
  fit: 'cover' | 'contain'
}

/** Names over a picture, each where its member is. */
export default function TagMarks({ postId, media, fit }: TagMarksProps) {
  const { data = [] } = useQuery(peopleIn(postId))
  const layer = useRef<HTMLUListElement>(null)
  const [box, setBox] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = layer.current
    if (!element) return
    const measure = () => setBox({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const here = box.width > 0 ? data.filter(({ media_id }) => media_id === media.media_id) : []
  return (
    <ul ref={layer} className={styles.layer} aria-label={t('tags.title')}>
      {here.map(({ user, x, y, pending }) => {
        const at = placeIn({ x, y }, media, box, fit)
        return (
          <li key={user.user_id} className={styles.mark} style={{ left: `${at.x}%`, top: `${at.y}%` }}>
            <Link
              to="/$username"
              params={{ username: user.username }}
              className={classes(styles.name, pending && styles.pending)}
              aria-label={pending ? t('tags.pending', { name: user.username }) : undefined}
            >
              {user.username}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}
