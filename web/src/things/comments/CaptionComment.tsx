import { Link } from '@tanstack/react-router'
import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { RichText } from '../../ui/RichText.tsx'
import styles from './Comment.module.css'

/** The caption as the first thing said in the conversation. */
export function CaptionComment({ post }: { post: PostEntity }) {
  const user = useUser(post.user_id)
  if (!user || !post.caption) return null
  return (
    <div className={styles.comment}>
      <Avatar user={user} size={32} />
      <div className={styles.body}>
        <p>
          <Link to="/$username" params={{ username: user.username }} className={styles.name}>
            {user.username}
          </Link>{' '}
          <RichText text={post.caption} facets={post.facets} />
        </p>
        <div className={styles.meta}>
          <RelativeTime at={post.created_at} />
        </div>
      </div>
    </div>
  )
}
