import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { AuthorAnswer } from './AuthorAnswer.tsx'
import { t } from './messages.ts'
import styles from './Together.module.css'

/** The viewer is asked to be an author of the post. */
export default function InvitationNote({ post }: { post: PostEntity }) {
  const name = useUser(post.user_id)?.username ?? ''
  return (
    <div className={styles.note} role="status">
      <p>{t('invited', { name })}</p>
      <AuthorAnswer postId={post.post_id} />
    </div>
  )
}
