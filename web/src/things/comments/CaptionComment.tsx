import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import styles from './Comment.module.css'
import { Said } from './Said.tsx'

/** The caption as the first thing said in the conversation. */
export function CaptionComment({ post }: { post: PostEntity }) {
  const user = useUser(post.user_id)
  if (!user || !post.caption) return null
  return (
    <div className={styles.comment}>
      <Avatar user={user} size={32} />
      <div className={styles.body}>
        <Said user={user} text={post.caption} facets={post.facets} />
        <div className={styles.meta}>
          <RelativeTime at={post.created_at} />
        </div>
      </div>
    </div>
  )
}
