import { useUser } from '../../data/entities/entities.ts'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import styles from './Comment.module.css'
import { t } from './review-messages.ts'

/** Stands in place of the field to write in. */
export function LimitedNote({ post }: { post: PostEntity }) {
  const me = useMe()
  const user = useUser(post.user_id)
  const { comments_from: who, viewer } = post
  if (!me || !user || !who || viewer.may_comment !== false) return null
  return <p className={styles.limited}>{t(`limited.${who}`, { name: user.username })}</p>
}
